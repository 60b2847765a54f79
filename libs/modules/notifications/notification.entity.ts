import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

/** What an employee can be told. */
export const NOTIFICATION_KINDS = [
  'ticket_assigned',
  'ticket_created',
  'client_replied',
  'comment_added',
  'status_changed',
  'ticket_resumed',
  'ticket_rated',
  'sla_warned',
  'sla_breached',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const NOTIFICATION_CHANNELS = ['app', 'mail'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** One message to one person about one event in one channel: the unique index is the rule. */
@Entity('notification')
@Index('notification_once_key', ['eventId', 'recipientId', 'channel'], { unique: true })
@Index('notification_inbox_idx', ['recipientId', 'channel', 'id'])
@Index('notification_unread_idx', { synchronize: false })
@Index('notification_comment_idx', { synchronize: false })
export class Notification {
  @Id() id: string;
  @Column('uuid') eventId: string;
  @Column('uuid') recipientId: string;
  @Column('text') channel: NotificationChannel;
  @Column('text') kind: NotificationKind;
  @Column('uuid') ticketId: string;
  @Column('uuid', { nullable: true }) commentId: string | null;
  /** Who did it, as shown. */
  @Column('text') actorName: string;
  /** Why the person is told: assignee, co_executor, observer, team, lead. */
  @Column('text') reason: string;
  /** Facts for the line shown: the new status, the mark. */
  @Column('jsonb', { default: {} }) facts: Record<string, string>;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) readAt: Date | null;
}

/** A person's wish that differs from the default. */
@Entity('notification_setting')
export class NotificationSetting {
  @Column('uuid', { primary: true }) employeeId: string;
  @Column('text', { primary: true }) kind: NotificationKind;
  @Column('boolean') app: boolean;
  @Column('boolean') mail: boolean;
}
