import { Flag, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { type Notification, NOTIFICATION_KINDS, type NotificationKind } from './notification.entity';
import { type Reason, REASONS } from './notification-rules';

export class ListNotifications extends PageQuery {
  /** Only those not read yet. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  unread?: boolean;
}

export class NotificationTicketView {
  id: string;
  number: number;
  subject: string;
}

export class NotificationApprovalView {
  id: string;
  number: number;
  title: string;
}

export class NotificationEventView {
  id: string;
  @ApiProperty({ enum: NOTIFICATION_KINDS })
  kind: NotificationKind;
  text: string;
  actorName: string;
  /** Why you are told, in the request's language. */
  reason: string;
  @ApiProperty({ enum: REASONS })
  reasonCode: Reason;
  commentId: string | null;
  createdAt: string;
}

export class NotificationView {
  id: string;
  /** Of the newest event of the line; of several in one act, of the weightiest. */
  @ApiProperty({ enum: NOTIFICATION_KINDS })
  kind: NotificationKind;
  /** The line to show, in the request's language. */
  text: string;
  ticket: NotificationTicketView | null;
  approval: NotificationApprovalView | null;
  commentId: string | null;
  actorName: string;
  /** Why you are told, in the request's language. */
  reason: string;
  /** Everything the line tells, the newest first, at most 20; a line grows while it is not read. */
  events: NotificationEventView[];
  /** How many events the line tells. */
  count: number;
  createdAt: string;
  /** When the line has grown last. */
  lastAt: string;
  readAt: string | null;
}

export class NotificationCountView {
  unread: number;
}

/** An event as the database gives it inside a line. */
export type NotificationEventRow = Pick<Notification, 'id' | 'kind' | 'actorName' | 'facts' | 'commentId'> & {
  reason: Reason;
  createdAt: string;
};
export type NotificationRow = Notification & {
  ticketNumber: number | null;
  ticketSubject: string | null;
  events: NotificationEventRow[];
  count: number;
};
