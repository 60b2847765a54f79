import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsNothing, ReturnsPage } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { SignedIn } from '@opora/platform/permissions';
import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListNotifications,
  NotificationCountView,
  type NotificationRow,
  NotificationSettingsView,
  NotificationView,
  SaveNotificationSettings,
} from './notifications.dto';
import { metricWords, thresholdWords } from './sla-notice-words';
import { Notifications } from './notifications.service';

const toView = (ctx: Ctx, row: NotificationRow): NotificationView => ({
  id: row.id,
  kind: row.kind,
  text: t(ctx, `notifications.lines.${row.kind}`, {
    actor: row.actorName,
    number: row.ticketNumber,
    ...row.facts,
    ...slaWords(ctx, row.facts),
    score: row.facts.score ? t(ctx, `notifications.scores.${row.facts.score}`) : '',
  }),
  ticket: { id: row.ticketId, number: Number(row.ticketNumber), subject: row.ticketSubject },
  commentId: row.commentId,
  actorName: row.actorName,
  reason: t(ctx, `notifications.reasons.${row.reason}`),
  createdAt: row.createdAt.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
});

function slaWords({ locale }: Ctx, { metric, threshold }: NotificationRow['facts']): Record<string, string> {
  return metric && threshold
    ? { metric: metricWords(locale, metric), threshold: thresholdWords(locale, threshold) }
    : {};
}

@ApiTags('notifications')
@Controller()
export class NotificationsController {
  constructor(private readonly notifications: Notifications) {}

  /** My notifications, the newest first. */
  @Get('notifications')
  @SignedIn()
  @ReturnsPage(NotificationView)
  async list(@Context() ctx: Ctx, @Query() query: ListNotifications) {
    return mapPage(await this.notifications.list(ctx, query), (row) => toView(ctx, row));
  }

  /** How many I have not read. */
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

  /** What I am told, by kind and channel. */
  @Get('notification-settings')
  @SignedIn()
  @Returns(NotificationSettingsView)
  async settings(@Context() ctx: Ctx) {
    return { settings: await this.notifications.settings(ctx) };
  }

  /** Changes the kinds that are given and leaves the others. */
  @Put('notification-settings')
  @SignedIn()
  @Returns(NotificationSettingsView)
  async saveSettings(@Context() ctx: Ctx, @Body() { settings }: SaveNotificationSettings) {
    return { settings: await this.notifications.saveSettings(ctx, settings) };
  }
}
