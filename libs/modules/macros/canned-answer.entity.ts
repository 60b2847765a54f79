import { Id, Timestamp } from '@opora/platform/db';
import type { Locale } from '@opora/platform/context';
import { Column, Entity, Index } from 'typeorm';
import { Scoped } from './scope';

/** A text ready to be put into an answer, with variables. */
@Entity('canned_answer')
@Index('canned_answer_title_idx', ['title', 'id'])
@Index('canned_answer_owner_idx', { synchronize: false })
@Index('canned_answer_words_idx', { synchronize: false })
export class CannedAnswer extends Scoped {
  @Id() id: string;
  @Column('text') title: string;
  /** What is typed after `/` to find it first. */
  @Column('text', { nullable: true }) shortcut: string | null;
  /** Safe HTML with variables. */
  @Column('text') html: string;
  /** The words of it, for the search. */
  @Column('text') text: string;
  /** The language it is written in; null fits any reader. */
  @Column('text', { nullable: true }) locale: Locale | null;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}
