import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

/** What an employee can be told, the weightier first: of what happened in one act, a line is named after the weightiest. */
export const NOTIFICATION_KINDS = [
  'sla_breached',
  'approval_overdue',
  'approval_stuck',
  'approval_asked',
  'approval_reminded',
  'approval_returned',
  'approval_task',
  'rule_notice',
  'client_replied',
  'ticket_assigned',
  'ticket_created',
  'sla_warned',
  'ticket_rated',
  'ticket_resumed',
  'approval_finished',
  'approval_decided',
  'comment_added',
  'status_changed',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const NOTIFICATION_CHANNELS = ['app', 'mail'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** At once, with others at the digest's hour, or not at all. */
export const WISHES = ['now', 'digest', 'off'] as const;
export type Wish = (typeof WISHES)[number];

/** One message to one person about one event in one channel: the unique index is the rule. */
@Entity('notification')
@Index('notification_once_key', ['eventId', 'recipientId', 'channel'], { unique: true })
@Index('notification_inbox_idx', { synchronize: false })
@Index('notification_unread_idx', { synchronize: false })
@Index('notification_line_idx', { synchronize: false })
@Index('notification_waiting_idx', { synchronize: false })
@Index('notification_summary_idx', { synchronize: false })
@Index('notification_comment_idx', { synchronize: false })
export class Notification {
  @Id() id: string;
  @Column('uuid') eventId: string;
  @Column('uuid') recipientId: string;
  @Column('text') channel: NotificationChannel;
  @Column('text') kind: NotificationKind;
  /** What it is about: a ticket, or an approval without one. */
  @Column('uuid', { nullable: true }) ticketId: string | null;
  @Column('uuid', { nullable: true }) approvalId: string | null;
  @Column('uuid', { nullable: true }) commentId: string | null;
  /** Who did it, as shown. */
  @Column('text') actorName: string;
  /** Why the person is told: see REASONS. */
  @Column('text') reason: string;
  /** Facts for the line shown: the new status, the mark, whom the person stands in for. */
  @Column('jsonb', { default: {} }) facts: Record<string, string>;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) readAt: Date | null;
  /** The notification whose line in the app this one has joined. */
  @Column('uuid', { nullable: true }) lineId: string | null;
  /** When the line has grown last. */
  @Timestamp() lastAt: Date;
  /** Not before this moment it is shown, or mailed. */
  @Timestamp() dueAt: Date;
  /** A mail that has not been written yet. */
  @Column('boolean', { default: false }) isWaiting: boolean;
  /** Goes with others: a digest, or what gathered in quiet hours. */
  @Column('boolean', { default: false }) isSummary: boolean;
  /** The mail that told of it. */
  @Column('uuid', { nullable: true }) mailId: string | null;
}

/** A person's wish that differs from the default. */
@Entity('notification_setting')
export class NotificationSetting {
  @Column('uuid', { primary: true }) employeeId: string;
  @Column('text', { primary: true }) kind: NotificationKind;
  @Column('text') app: Wish;
  @Column('text') mail: Wish;
}

/** A span of the week, on the person's clock. An end that is not after the beginning is on the next day. */
export type QuietPeriod = { days: number[]; from: string; to: string };

/** When a person may be told. */
@Entity('notification_preference')
export class NotificationPreference {
  @Column('uuid', { primary: true }) employeeId: string;
  @Column('text') digest: 'hourly' | 'daily';
  /** `HH:MM` on the person's clock. */
  @Column('text') digestAt: string;
  @Column('jsonb') quietHours: QuietPeriod[];
  @Column('boolean') urgentBreaksThrough: boolean;
}

/** What the organisation has decided for a kind that differs from the shipped default. */
@Entity('notification_default')
export class NotificationDefault {
  @Column('text', { primary: true }) kind: NotificationKind;
  @Column('text') app: Wish;
  @Column('text') mail: Wish;
  /** Nobody may choose otherwise. */
  @Column('boolean') appLocked: boolean;
  @Column('boolean') mailLocked: boolean;
}

/** The one row of what concerns everybody. */
@Entity('notification_policy')
export class NotificationPolicy {
  @Column('smallint', { primary: true }) id: number;
  /** Whoever stands in for an absent responsible hears what he would. */
  @Column('boolean') tellsSubstitutes: boolean;
}

/** A person wants to hear nothing more of a ticket. */
@Entity('notification_mute')
export class NotificationMute {
  @Column('uuid', { primary: true }) employeeId: string;
  @Column('uuid', { primary: true }) ticketId: string;
  @Timestamp() createdAt: Date;
}
