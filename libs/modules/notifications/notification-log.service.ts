import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { defineJob, Jobs } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import type { NotificationChannel, NotificationDefault, NotificationKind } from './notification.entity';
import { DEFAULT_TIMES, deliveryOf, type Times } from './notification-delivery';
import { hasOwnMail, isUrgent, type Wishes, wishesOf } from './notification-rules';
import { MailPace } from './mail-pace';

/** Mails a person what has become due, and shows it. */
export const TellDue = defineJob<{ employeeId: string }>('notifications.tellDue');

/** One event told to one person. */
export type Notice = {
  eventId: string;
  recipientId: string;
  kind: NotificationKind;
  ticketId: string | null;
  approvalId: string | null;
  commentId: string | null;
  actorName: string;
  reason: string;
  facts: Record<string, string>;
  priorityCode?: string;
  /** A mail does not go before: until then the cause may be taken back. */
  holdUntil?: Date;
};

type Person = Omit<Times, never> & { employeeId: string; zone: string; wishes: Record<string, Wishes> | null };
type Muted = { employeeId: string; ticketId: string };
type Row = Omit<Notice, 'priorityCode' | 'holdUntil'> & {
  id: string;
  channel: NotificationChannel;
  dueAt: Date;
  isWaiting: boolean;
  isSummary: boolean;
  lineId: string | null;
};

/** What happens to a ticket within so many seconds is one line in the app. */
const LINE_SECONDS = 60;

/** Writes down who is told of what: once per event, person and channel, each when and where the person wants it. */
@Injectable()
export class NotificationLog {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly live: Live,
    private readonly pace: MailPace,
  ) {}

  /** Several events of one ticket are one line in the app and one mail: whoever tells of a ticket at the same time waits here. */
  async note(ctx: Ctx, notices: readonly Notice[]): Promise<void> {
    if (!notices.length) return;
    await this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx, notices);
      const rows = await this.planned(ctx, await this.unheard(ctx, notices));
      if (!rows.length) return;
      await this.joinLines(ctx, rows);
      await this.insert(ctx, rows);
      const screens = rows.filter(({ channel, dueAt }) => channel === 'app' && dueAt <= ctx.now());
      const topics = [...new Set(screens.map(({ recipientId }) => `notifications:${recipientId}`))];
      if (topics.length) this.live.touch(ctx, topics, 'staff');
      await this.schedule(ctx, rows);
    });
  }

  /** Has the person told at the moments; in one order, so that two at once never wait for each other. */
  async schedule(ctx: TxCtx, rows: readonly { recipientId: string; dueAt: Date }[]): Promise<void> {
    const later = rows.filter(({ dueAt }) => dueAt > ctx.now());
    const moments = new Map(later.map((row) => [`${row.recipientId} ${row.dueAt.toISOString()}`, row]));
    for (const key of [...moments.keys()].sort()) {
      const { recipientId, dueAt } = moments.get(key)!;
      await this.jobs.enqueue(ctx, TellDue({ employeeId: recipientId }), { at: dueAt, key });
    }
  }

  private async lock(ctx: TxCtx, notices: readonly Notice[]): Promise<void> {
    const ids = [...new Set(notices.map(({ ticketId, approvalId }) => ticketId ?? approvalId))].sort();
    await this.db.prepared(
      ctx,
      `SELECT pg_advisory_xact_lock(hashtextextended('notice ' || id, 0)) FROM unnest($1::text[]) AS id`,
      [ids],
    );
  }

  /** A delivery that is repeated tells nobody again. */
  private async unheard(ctx: TxCtx, notices: readonly Notice[]): Promise<Notice[]> {
    const told = await this.db.prepared<{ eventId: string; recipientId: string }>(
      ctx,
      `SELECT DISTINCT "eventId", "recipientId" FROM notification WHERE "eventId" = ANY($1::uuid[])`,
      [[...new Set(notices.map(({ eventId }) => eventId))]],
    );
    const known = new Set(told.map(({ eventId, recipientId }) => `${eventId} ${recipientId}`));
    return notices.filter(({ eventId, recipientId }) => !known.has(`${eventId} ${recipientId}`));
  }

  private async planned(ctx: TxCtx, notices: readonly Notice[]): Promise<Row[]> {
    if (!notices.length) return [];
    const ids = [...new Set(notices.map(({ recipientId }) => recipientId))];
    const people = new Map((await this.people(ctx, ids)).map((person) => [person.employeeId, person]));
    const decided = await this.db.prepared<NotificationDefault>(ctx, 'SELECT * FROM notification_default', []);
    const muted = await this.db.prepared<Muted>(
      ctx,
      `SELECT "employeeId", "ticketId" FROM notification_mute WHERE "employeeId" = ANY($1::uuid[]) AND "ticketId" = ANY($2::uuid[])`,
      [ids, notices.flatMap(({ ticketId }) => ticketId ?? [])],
    );
    const silent = new Set(muted.map(({ employeeId, ticketId }) => `${employeeId} ${ticketId}`));
    const mailAt = await this.mailMoments(ctx, ids);
    return notices.flatMap((notice) => {
      const person = people.get(notice.recipientId);
      const isMuted = silent.has(`${notice.recipientId} ${notice.ticketId}`);
      return person ? this.rowsOf(ctx, notice, person, decided, isMuted, mailAt) : [];
    });
  }

  private rowsOf(
    ctx: TxCtx,
    { priorityCode, holdUntil, ...notice }: Notice,
    person: Person,
    decided: readonly NotificationDefault[],
    isMutedTicket: boolean,
    mailAt: (employeeId: string, notBefore?: Date) => Date,
  ): Row[] {
    const now = ctx.now();
    const wishes = wishesOf(notice.kind, decided, person.wishes?.[notice.kind]);
    const channels = hasOwnMail(notice.kind) ? (['app'] as const) : (['app', 'mail'] as const);
    return channels.flatMap((channel) => {
      const telling = {
        channel,
        wish: wishes[channel],
        isUrgent: isUrgent(notice.kind, priorityCode),
        isMuted: isMutedTicket && !wishes[`${channel}Locked`],
      };
      const delivery = deliveryOf(person, person.zone, telling, now.getTime());
      if (delivery.way === 'off') return [];
      const isSummary = delivery.way !== 'now';
      const dueAt =
        delivery.way !== 'now'
          ? new Date(delivery.at)
          : channel === 'app'
            ? now
            : mailAt(notice.recipientId, holdUntil);
      return [{ ...notice, id: newId(), channel, dueAt, isSummary, isWaiting: channel === 'mail', lineId: null }];
    });
  }

  private people(ctx: TxCtx, ids: readonly string[]): Promise<Person[]> {
    const { digest, digestAt, urgentBreaksThrough } = DEFAULT_TIMES;
    return this.db.prepared<Person>(
      ctx,
      `SELECT e.id AS "employeeId", COALESCE(e."timeZone", i."timeZone") AS zone, COALESCE(p.digest, $2) AS digest, COALESCE(p."digestAt", $3) AS "digestAt",
              COALESCE(p."quietHours", '[]') AS "quietHours", COALESCE(p."urgentBreaksThrough", $4::boolean) AS "urgentBreaksThrough",
              (SELECT jsonb_object_agg(s.kind, jsonb_build_object('app', s.app, 'mail', s.mail)) FROM notification_setting s WHERE s."employeeId" = e.id) AS wishes
       FROM employee e CROSS JOIN installation i LEFT JOIN notification_preference p ON p."employeeId" = e.id
       WHERE e.id = ANY($1::uuid[]) AND e."isActive" AND e."archivedAt" IS NULL AND i.id = 1`,
      [ids, digest, digestAt, urgentBreaksThrough],
    );
  }

  /** When a mail that need not wait goes: with what is gathered for the person already, else some seconds from now. */
  private async mailMoments(ctx: TxCtx, ids: readonly string[]) {
    const now = ctx.now();
    const gathering = await this.db.prepared<{ recipientId: string; dueAt: Date }>(
      ctx,
      `SELECT "recipientId", "dueAt" FROM notification WHERE "isWaiting" AND NOT "isSummary" AND "recipientId" = ANY($1::uuid[]) AND "dueAt" > $2
       GROUP BY 1, 2 ORDER BY "dueAt"`,
      [ids, now],
    );
    return (employeeId: string, notBefore: Date = now): Date =>
      gathering.find(({ recipientId, dueAt }) => recipientId === employeeId && dueAt >= notBefore)?.dueAt ??
      this.pace.nextMail(employeeId, now, notBefore);
  }

  /** A line of the ticket that is not read and has grown just now, or is not shown yet, grows; else one begins. */
  private async joinLines(ctx: TxCtx, rows: Row[]): Promise<void> {
    const shown = rows.filter(({ channel }) => channel === 'app');
    if (!shown.length) return;
    const found = await this.db.prepared<{ id: string; key: string }>(
      ctx,
      `SELECT id, concat_ws(' ', "recipientId", COALESCE("ticketId", "approvalId"), "dueAt" > $4) AS key FROM notification
       WHERE channel = 'app' AND "lineId" IS NULL AND "readAt" IS NULL AND "recipientId" = ANY($1::uuid[]) AND "lastAt" >= $3
         AND ("ticketId" = ANY($2::uuid[]) OR "approvalId" = ANY($2::uuid[])) ORDER BY "lastAt"`,
      [
        shown.map(({ recipientId }) => recipientId),
        shown.map(({ ticketId, approvalId }) => ticketId ?? approvalId),
        new Date(ctx.now().getTime() - LINE_SECONDS * 1000),
        ctx.now(),
      ],
    );
    const lines = new Map(found.map(({ id, key }) => [key, id]));
    const grown = new Set<string>();
    for (const row of shown) {
      const key = `${row.recipientId} ${row.ticketId ?? row.approvalId} ${row.dueAt > ctx.now() ? 't' : 'f'}`;
      const line = lines.get(key);
      if (line) grown.add((row.lineId = line));
      else lines.set(key, row.id);
    }
    if (grown.size)
      await this.db.query(ctx, `UPDATE notification SET "lastAt" = GREATEST("lastAt", $2) WHERE id = ANY($1::uuid[])`, [
        [...grown],
        ctx.now(),
      ]);
  }

  private async insert(ctx: TxCtx, rows: readonly Row[]): Promise<void> {
    await this.db.prepared(
      ctx,
      `INSERT INTO notification (id, "eventId", "recipientId", channel, kind, "ticketId", "approvalId", "commentId", "actorName", reason, facts, "createdAt", "lastAt",
         "lineId", "dueAt", "isWaiting", "isSummary")
       SELECT r.id, r."eventId", r."recipientId", r.channel, r.kind, r."ticketId", r."approvalId", r."commentId", r."actorName", r.reason, r.facts, $2,
         GREATEST($2, CASE WHEN r.channel = 'app' THEN r."dueAt" END), r."lineId", r."dueAt", r."isWaiting", r."isSummary"
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "eventId" uuid, "recipientId" uuid, channel text, kind text, "ticketId" uuid, "approvalId" uuid, "commentId" uuid,
         "actorName" text, reason text, facts jsonb, "lineId" uuid, "dueAt" timestamptz, "isWaiting" boolean, "isSummary" boolean)
       ON CONFLICT ("eventId", "recipientId", channel) DO NOTHING`,
      [JSON.stringify(rows), ctx.now()],
    );
  }
}
