import { visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { NotificationError } from './notifications.errors';
import type { ListNotifications, NotificationRow } from './notifications.dto';

/** So many events of a line are shown, the newest. */
const MOST_EVENTS = 20;

/** A person's own notifications. A ticket he no longer sees takes its notifications with it. */
@Injectable()
export class Notifications {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  /** Lines, the one that has grown last first, each with what it tells. */
  async list(ctx: Ctx, { unread, cursor, limit }: ListNotifications): Promise<Page<NotificationRow>> {
    const after = decodeCursor(cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const where = this.lines(ctx, params);
    if (unread) where.push(`n."readAt" IS NULL`);
    if (after) where.push(`(n."lastAt", n.id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<NotificationRow>(
      ctx,
      `WITH page AS (SELECT n.*, t.number::int AS "ticketNumber", t.subject AS "ticketSubject" FROM notification n LEFT JOIN ticket t ON t.id = n."ticketId"
         WHERE ${where.join(' AND ')} ORDER BY n."lastAt" DESC, n.id DESC LIMIT ${params.add(limit + 1)})
       SELECT page.*, e.events, e.count FROM page CROSS JOIN LATERAL (
         SELECT (jsonb_agg(to_jsonb(m) ORDER BY m.id DESC) FILTER (WHERE m.row <= ${MOST_EVENTS})) AS events, count(*)::int AS count
         FROM (SELECT k.*, row_number() OVER (ORDER BY k.id DESC) AS row FROM notification k WHERE k.id = page.id OR k."lineId" = page.id) m) e
       ORDER BY page."lastAt" DESC, page.id DESC`,
      params.values,
    );
    return pageOfRows(rows, limit, (row) => keyset(row.lastAt, row.id));
  }

  async countUnread(ctx: Ctx): Promise<number> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ unread: number }>(
      ctx,
      `SELECT count(*)::int AS unread FROM notification n LEFT JOIN ticket t ON t.id = n."ticketId"
       WHERE n."readAt" IS NULL AND ${this.lines(ctx, params).join(' AND ')}`,
      params.values,
    );
    return row?.unread ?? 0;
  }

  /** The lines a person sees now, of tickets he sees. */
  private lines(ctx: Ctx, params: SqlParams): string[] {
    return [
      `n."recipientId" = ${params.add(ctx.actor.id)}::uuid`,
      `n.channel = 'app'`,
      `n."lineId" IS NULL`,
      `n."dueAt" <= ${params.add(ctx.now())}::timestamptz`,
      `(n."ticketId" IS NULL OR (t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}))`,
    ];
  }

  async markRead(ctx: Ctx, id: string): Promise<void> {
    const rows = await this.db.query(
      ctx,
      `UPDATE notification SET "readAt" = COALESCE("readAt", $3) WHERE id = (SELECT COALESCE("lineId", id) FROM notification WHERE id = $1) AND "recipientId" = $2 AND channel = 'app' RETURNING id`,
      [id, ctx.actor.id, ctx.now()],
    );
    if (!rows.length) throw NotificationError.notFound();
    this.touch(ctx);
  }

  async markAllRead(ctx: Ctx): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE notification SET "readAt" = $2 WHERE "recipientId" = $1 AND channel = 'app' AND "lineId" IS NULL AND "readAt" IS NULL AND "dueAt" <= $2`,
      [ctx.actor.id, ctx.now()],
    );
    this.touch(ctx);
  }

  /** A comment was taken back before anybody outside saw it: what was said of it inside goes too. */
  async forgetComment(ctx: Ctx, commentId: string): Promise<void> {
    const rows = await this.db.query<{ id: string; recipientId: string; lineId: string | null }>(
      ctx,
      `DELETE FROM notification WHERE "commentId" = $1 RETURNING id, "recipientId", "lineId"`,
      [commentId],
    );
    if (!rows.length) return;
    // A line that has lost its first event is told by the next one.
    await this.db.query(
      ctx,
      `WITH heir AS (SELECT DISTINCT ON ("lineId") id, "lineId" FROM notification WHERE "lineId" = ANY($1::uuid[]) ORDER BY "lineId", id)
       UPDATE notification n SET "lineId" = NULLIF(heir.id, n.id) FROM heir WHERE n."lineId" = heir."lineId"`,
      [rows.filter(({ lineId }) => !lineId).map(({ id }) => id)],
    );
    const topics = [...new Set(rows.map(({ recipientId }) => `notifications:${recipientId}`))];
    this.live.touch(ctx, topics, 'staff');
  }

  private touch(ctx: Ctx): void {
    this.live.touch(ctx, [`notifications:${ctx.actor.id}`], 'staff');
  }
}
