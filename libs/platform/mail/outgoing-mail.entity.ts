import { Column, Entity, Index, Unique } from 'typeorm';
import { Id, Timestamp } from '../db';

export const MAIL_STATES = ['waiting', 'sent', 'failed', 'suppressed', 'cancelled'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/**
 * `reply`: written by a person. `automatic`: sent by the system to a client, at most three per address and day.
 * `notification`: to an employee. `requested`: the recipient has just asked for it (a sign-in link).
 */
export const MAIL_KINDS = ['reply', 'automatic', 'notification', 'requested'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export type MailAttachment = { fileId: string; name: string; contentId?: string };

/** A mail we send: the row is the truth, the job only carries it. */
@Entity('outgoing_mail')
@Unique('UQ_outgoing_mail_message_id', ['messageId'])
@Index('outgoing_mail_subject_idx', ['subjectId', 'id'])
@Index('outgoing_mail_state_idx', ['state', 'id'])
@Index('outgoing_mail_to_idx', { synchronize: false })
@Index('outgoing_mail_comment_idx', { synchronize: false })
export class OutgoingMail {
  @Id()
  id: string;

  /** RFC 5322 Message-ID without angle brackets; the same on every attempt. */
  @Column('text')
  messageId: string;

  @Column('text')
  kind: MailKind;

  /** What the mail is about: the ticket's id. */
  @Column('uuid', { nullable: true })
  subjectId: string | null;

  /** The comment it carries. */
  @Column('uuid', { nullable: true })
  commentId: string | null;

  /** The mailbox it is sent from; null: the installation's default. */
  @Column('uuid', { nullable: true })
  mailboxId: string | null;

  @Column('text')
  fromAddress: string;

  @Column('text')
  fromName: string;

  @Column('text', { nullable: true })
  replyTo: string | null;

  @Column('text', { array: true })
  to: string[];

  @Column('text', { array: true, default: [] })
  cc: string[];

  @Column('text')
  subject: string;

  @Column('text')
  html: string;

  @Column('text')
  text: string;

  @Column('jsonb', { default: {} })
  headers: Record<string, string>;

  @Column('text', { nullable: true })
  inReplyTo: string | null;

  @Column('text', { array: true, default: [] })
  references: string[];

  @Column('jsonb', { default: [] })
  attachments: MailAttachment[];

  @Column('text', { default: 'waiting' })
  state: MailState;

  /** Why it failed, was suppressed or cancelled; the server's answer when it was sent. */
  @Column('text', { nullable: true })
  reason: string | null;

  @Timestamp()
  sendAfter: Date;

  @Timestamp()
  createdAt: Date;

  @Timestamp({ nullable: true })
  sentAt: Date | null;
}
