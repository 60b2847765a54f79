import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import type { MailKind } from './mail/mail-classify';

/** `received`: kept, not yet read. Every other state is an end that a person can see, with its reason. */
export const INTAKE_STATES = [
  'received',
  'ticket_created',
  'comment_added',
  'recorded',
  'duplicate',
  'held',
  'ignored',
  'failed',
] as const;
export type IntakeState = (typeof INTAKE_STATES)[number];

export const INTAKE_CHANNELS = ['smtp', 'imap', 'import'] as const;
export type IntakeChannel = (typeof INTAKE_CHANNELS)[number];

/** Why a mail is in its state; the texts are in i18n under `channels.reasons`. */
export const INTAKE_REASONS = [
  'newRequest',
  'unknownTicket',
  'closedForGood',
  'reply',
  'replyOfEmployee',
  'answerOfRobot',
  'deliveryFailed',
  'deliveryDelayed',
  'delivered',
  'readReceipt',
  'sameBytes',
  'sameMessage',
  'ownMail',
  'notParticipant',
  'reportWithoutTicket',
  'answerWithoutTicket',
  'noSender',
  'attachedByAgent',
  'openedByAgent',
  'ignoredByAgent',
  'crashed',
  'error',
  'tooLarge',
  'unreadableOnServer',
] as const;
export type IntakeReason = (typeof INTAKE_REASONS)[number];

/** One inbound mail: its bytes as they came, and what became of it. */
@Entity('intake_message')
@Index('intake_message_state_idx', ['state', 'id'])
@Index('intake_message_uid_key', { synchronize: false })
@Index('intake_message_due_idx', { synchronize: false })
@Index('intake_message_sha_idx', ['sha256'])
@Index('intake_message_message_id_idx', ['messageId'])
@Index('intake_message_ticket_idx', ['ticketId', 'id'])
@Index('intake_message_search_idx', { synchronize: false })
export class IntakeMessage {
  @Id() id: string;
  @Column('text') channel: IntakeChannel;
  @Column('uuid', { nullable: true }) mailboxId: string | null;
  /** Position in an IMAP folder. */
  @Column('bigint', { nullable: true }) uidValidity: string | null;
  @Column('bigint', { nullable: true }) uid: string | null;
  @Timestamp() receivedAt: Date;
  @Column('text', { nullable: true }) envelopeFrom: string | null;
  @Column('text', { array: true, default: () => `'{}'` }) envelopeTo: string[];
  @Column('int') size: number;
  @Column('text') sha256: string;
  @Column('bytea', { select: false }) raw: Buffer;

  @Column('text', { default: 'received' }) state: IntakeState;
  @Column('text', { nullable: true }) reason: IntakeReason | null;
  /** Facts for the reason's text. */
  @Column('jsonb', { default: {} }) facts: Record<string, string | number>;
  /** How often it was taken in hand, and how often that went wrong in a way we could note. */
  @Column('int', { default: 0 }) attempts: number;
  @Column('int', { default: 0 }) failures: number;
  /** While `received`: when it is to be read, and until when somebody has it in hand. */
  @Timestamp() dueAt: Date;
  @Timestamp({ nullable: true }) leasedUntil: Date | null;
  @Timestamp({ nullable: true }) parsedAt: Date | null;

  /** Who or what wrote it: `report`, `answer`, `generated`, `person`. */
  @Column('text', { nullable: true }) kind: MailKind | null;
  @Column('text', { nullable: true }) messageId: string | null;
  @Column('text', { nullable: true }) contentSha: string | null;
  @Column('text', { nullable: true }) fromAddress: string | null;
  @Column('text', { nullable: true }) fromName: string | null;
  @Column('text', { nullable: true }) subject: string | null;
  /** What the reader could not make out, or null. */
  @Column('text', { nullable: true }) problem: string | null;
  /** Outlook's grouping of a conversation, given back in our answers. */
  @Column('text', { nullable: true }) threadIndex: string | null;
  @Column('text', { nullable: true }) threadTopic: string | null;

  @Column('uuid', { nullable: true }) ticketId: string | null;
  @Column('uuid', { nullable: true }) commentId: string | null;
  @Column('uuid', { nullable: true }) duplicateOfId: string | null;
}
