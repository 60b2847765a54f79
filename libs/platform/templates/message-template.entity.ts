import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Timestamp } from '../db';

/** A template the organisation has reworded; without a row the shipped text is used. */
@Entity('message_template')
export class MessageTemplate {
  @PrimaryColumn('text')
  key: string;

  @PrimaryColumn('text')
  locale: string;

  @Column('text')
  subject: string;

  /** HTML with `{{variables}}`. */
  @Column('text')
  body: string;

  @Timestamp()
  updatedAt: Date;
}
