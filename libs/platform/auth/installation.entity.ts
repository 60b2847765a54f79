import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Timestamp } from '../db';

/** The one row that says who this installation is. */
@Entity('installation')
export class Installation {
  @PrimaryColumn('int')
  id: number;

  /** 256 bits; signs tokens and links, encrypts mailbox passwords. */
  @Column('bytea')
  secret: Buffer;

  @Column('text', { default: 'Opora' })
  name: string;

  @Column('text', { default: 'Europe/Moscow' })
  timeZone: string;

  @Column('text', { default: 'ru' })
  locale: 'ru' | 'en';

  @Timestamp()
  createdAt: Date;

  /** When the demo data was complete; null in an installation without it. */
  @Timestamp({ nullable: true })
  demoLoadedAt: Date | null;
}
