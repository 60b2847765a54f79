import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsNothing, ReturnsPage } from '@opora/platform/http';
import { SignedIn } from '@opora/platform/permissions';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NOTIFICATION_KINDS } from './notification.entity';
import {
  ListNotifications,
  NotificationCountView,
  type NotificationEventRow,
  type NotificationEventView,
  type NotificationRow,
  NotificationView,
} from './notifications.dto';
import { noticeText, reasonText } from './notice-words';
import { Notifications } from './notifications.service';

/** So near each other lie the events of one act. */
const ACT_MS = 1000;

const toEvent = ({ locale }: Ctx, row: NotificationEventRow, number: number | null): NotificationEventView => ({
  id: row.id,
  kind: row.kind,
  text: noticeText(locale, row, number),
  actorName: row.actorName,
  reason: reasonText(locale, row),
  reasonCode: row.reason,
  commentId: row.commentId,
  createdAt: new Date(row.createdAt).toISOString(),
});

/** What a line is named after: the newest event, and of several in one act the weightiest. */
function leading(events: readonly NotificationEventRow[]): NotificationEventRow {
  const at = ({ createdAt }: NotificationEventRow) => Date.parse(createdAt);
  const newest = Math.max(...events.map(at));
  const weight = ({ kind }: NotificationEventRow) => NOTIFICATION_KINDS.indexOf(kind);
  return events.filter((event) => newest - at(event) <= ACT_MS).sort((one, other) => weight(one) - weight(other))[0]!;
}

function toView(ctx: Ctx, row: NotificationRow): NotificationView {
  const first = leading(row.events);
  const { kind, text, commentId, actorName, reason } = toEvent(ctx, first, row.ticketNumber);
  const { ticketId, approvalId, ticketNumber, facts } = row;
  return {
    id: row.id,
    kind,
    text,
    ticket: ticketId ? { id: ticketId, number: ticketNumber ?? 0, subject: row.ticketSubject ?? '' } : null,
    approval: approvalId ? { id: approvalId, number: Number(facts.approvalNumber), title: facts.title ?? '' } : null,
    commentId,
    actorName,
    reason,
    events: row.events.map((event) => toEvent(ctx, event, ticketNumber)),
    count: row.count,
    createdAt: row.createdAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
}

@ApiTags('notifications')
@Controller()
export class NotificationsController {
  constructor(private readonly notifications: Notifications) {}

  /** My notifications, the newest first; what happens to a ticket within a minute is one line. */
  @Get('notifications')
  @SignedIn()
  @ReturnsPage(NotificationView)
  async list(@Context() ctx: Ctx, @Query() query: ListNotifications) {
    return mapPage(await this.notifications.list(ctx, query), (row) => toView(ctx, row));
  }

  /** How many lines I have not read. */
  @Get('notifications/count')
  @SignedIn()
  @Returns(NotificationCountView)
  async count(@Context() ctx: Ctx) {
    return { unread: await this.notifications.countUnread(ctx) };
  }

  /** Marks one as read. */
  @Post('notifications/:id/read')
  @SignedIn()
  @ReturnsNothing()
  async read(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.notifications.markRead(ctx, id);
  }

  /** Marks all as read. */
  @Post('notifications/read-all')
  @SignedIn()
  @ReturnsNothing()
  async readAll(@Context() ctx: Ctx) {
    await this.notifications.markAllRead(ctx);
  }
}
