import { visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams } from '@opora/platform/db';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { NotificationError } from './notifications.errors';
import type { ListNotifications, NotificationRow, NotificationSettingView } from './notifications.dto';
import { NotificationSetting } from './notification.entity';
import { settingsOf, type Wish } from './notification-rules';

/** A person's own notifications and wishes. A ticket he no longer sees takes its notifications with it. */
@Injectable()
export class Notifications {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  async list(ctx: Ctx, { unread, cursor, limit }: ListNotifications): Promise<Page<NotificationRow>> {
    const after = decodeCursor(cursor, ['uuid']);
    const params = new SqlParams();
    const where = [
      `n."recipientId" = ${params.add(ctx.actor.id)}::uuid`,
      `n.channel = 'app'`,
      `t."deletedAt" IS NULL`,
      visibleTo(ctx.actor, params),
    ];
    if (unread) where.push(`n."readAt" IS NULL`);
    if (after) where.push(`n.id < ${params.add(after[0])}::uuid`);
    const rows = await this.db.query<NotificationRow>(
      ctx,
      `SELECT n.*, t.number AS "ticketNumber", t.subject AS "ticketSubject" FROM notification n JOIN ticket t ON t.id = n."ticketId"
       WHERE ${where.join(' AND ')} ORDER BY n.id DESC LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, (row) => keyset(row.id));
  }

  async countUnread(ctx: Ctx): Promise<number> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ unread: number }>(
      ctx,
      `SELECT count(*)::int AS unread FROM notification n JOIN ticket t ON t.id = n."ticketId"
       WHERE n."recipientId" = ${params.add(ctx.actor.id)}::uuid AND n.channel = 'app' AND n."readAt" IS NULL AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return row?.unread ?? 0;
  }

  async markRead(ctx: Ctx, id: string): Promise<void> {
    const rows = await this.db.query(
      ctx,
      `UPDATE notification SET "readAt" = COALESCE("readAt", $3) WHERE id = $1 AND "recipientId" = $2 AND channel = 'app' RETURNING id`,
      [id, ctx.actor.id, ctx.now()],
    );
    if (!rows.length) throw NotificationError.notFound();
    this.touch(ctx);
  }

  async markAllRead(ctx: Ctx): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE notification SET "readAt" = $2 WHERE "recipientId" = $1 AND channel = 'app' AND "readAt" IS NULL`,
      [ctx.actor.id, ctx.now()],
    );
    this.touch(ctx);
  }

  async settings(ctx: Ctx): Promise<NotificationSettingView[]> {
    const wishes: Wish[] = await this.db.repo(ctx, NotificationSetting).findBy({ employeeId: ctx.actor.id });
    return settingsOf(wishes);
  }

  async saveSettings(ctx: Ctx, settings: NotificationSettingView[]): Promise<NotificationSettingView[]> {
    const rows = settings.map(({ kind, app, mail }) => ({ employeeId: ctx.actor.id, kind, app, mail }));
    if (rows.length) await this.db.repo(ctx, NotificationSetting).upsert(rows, ['employeeId', 'kind']);
    return this.settings(ctx);
  }

  /** Notes a message; false when this person already has one about this event in this channel. */
  async note(
    ctx: Ctx,
    row: Omit<NotificationRow, 'id' | 'readAt' | 'createdAt' | 'ticketNumber' | 'ticketSubject'>,
  ): Promise<boolean> {
    const rows = await this.db.query(
      ctx,
      `INSERT INTO notification (id, "eventId", "recipientId", channel, kind, "ticketId", "commentId", "actorName", reason, facts, "createdAt")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT ("eventId", "recipientId", channel) DO NOTHING RETURNING id`,
      [
        newId(),
        row.eventId,
        row.recipientId,
        row.channel,
        row.kind,
        row.ticketId,
        row.commentId,
        row.actorName,
        row.reason,
        JSON.stringify(row.facts),
        ctx.now(),
      ],
    );
    if (rows.length && row.channel === 'app') this.live.touch(ctx, [`notifications:${row.recipientId}`], 'staff');
    return rows.length > 0;
  }

  /** A comment was taken back before anybody outside saw it: what was said of it inside goes too. */
  async forgetComment(ctx: Ctx, commentId: string): Promise<void> {
    const rows = await this.db.query<{ recipientId: string }>(
      ctx,
      `DELETE FROM notification WHERE "commentId" = $1 RETURNING "recipientId"`,
      [commentId],
    );
    const topics = [...new Set(rows.map(({ recipientId }) => `notifications:${recipientId}`))];
    if (topics.length) this.live.touch(ctx, topics, 'staff');
  }

  private touch(ctx: Ctx): void {
    this.live.touch(ctx, [`notifications:${ctx.actor.id}`], 'staff');
  }
}
