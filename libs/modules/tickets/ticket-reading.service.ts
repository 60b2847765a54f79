import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Actor, type Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { Live, LiveStreams } from '@opora/platform/live';
import { systemContext } from '@opora/platform/context';
import type { PresenceState } from './ticket-participants.entity';
import { visibleTo } from './tickets.access';
import { Tickets } from './tickets.service';

/** Seconds a sign of presence lives; screens repeat it more often. */
export const PRESENCE_SECONDS = 15;
export type PresentPerson = { id: string; name: string; state: PresenceState; until: Date };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who reads a ticket: how far each has read, and who has it open now. */
@Injectable()
export class TicketReading implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly live: Live,
    private readonly streams: LiveStreams,
  ) {}

  onModuleInit(): void {
    this.streams.filter({ prefix: 'ticket', allows: (actor, topics) => this.heard(actor, topics) });
    this.streams.filter({ prefix: 'presence:', allows: (actor, topics) => this.heard(actor, topics) });
  }

  /** Moves the mark of reading forward to the comment, or over everything; it never goes back. */
  async read(ctx: Ctx, key: string, lastSeenCommentId?: string | null): Promise<void> {
    const ticketId = await this.tickets.idOf(ctx, key);
    await this.db.query(
      ctx,
      `INSERT INTO ticket_read ("ticketId", "employeeId", "lastSeenCommentId", "lastSeenAt")
       SELECT $1, $2, c.id, c."createdAt" FROM comment c WHERE c."ticketId" = $1 AND c."undoneAt" IS NULL AND ($3::uuid IS NULL OR c.id = $3)
       ORDER BY c."createdAt" DESC, c.id DESC LIMIT 1
       ON CONFLICT ("ticketId", "employeeId") DO UPDATE SET "lastSeenCommentId" = EXCLUDED."lastSeenCommentId", "lastSeenAt" = EXCLUDED."lastSeenAt"
       WHERE ticket_read."lastSeenAt" <= EXCLUDED."lastSeenAt"`,
      [ticketId, ctx.actor.id, lastSeenCommentId ?? null],
    );
  }

  /** A sign of presence; other screens hear of it when it changes. */
  async present(ctx: Ctx, key: string, state: PresenceState | 'away'): Promise<void> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const now = ctx.now();
    const until = new Date(now.getTime() + PRESENCE_SECONDS * 1000);
    const changed =
      state === 'away'
        ? await this.db.query(
            ctx,
            'DELETE FROM ticket_presence WHERE "ticketId" = $1 AND "employeeId" = $2 RETURNING 1',
            [ticketId, ctx.actor.id],
          )
        : await this.db.query(
            ctx,
            `WITH before AS (SELECT state, until FROM ticket_presence WHERE "ticketId" = $1 AND "employeeId" = $2),
             written AS (INSERT INTO ticket_presence ("ticketId", "employeeId", state, until) VALUES ($1, $2, $3, $4)
               ON CONFLICT ("ticketId", "employeeId") DO UPDATE SET state = $3, until = $4)
             SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM before WHERE state = $3 AND until > $5)`,
            [ticketId, ctx.actor.id, state, until, now],
          );
    if (changed.length) this.live.touch(ctx, [`presence:${ticketId}`], 'staff');
  }

  /** Who has the ticket open at this moment. */
  async presence(ctx: Ctx, key: string): Promise<PresentPerson[]> {
    const ticketId = await this.tickets.idOf(ctx, key);
    return this.db.query<PresentPerson>(
      ctx,
      `SELECT e.id, e.name, p.state, p.until FROM ticket_presence p JOIN employee e ON e.id = p."employeeId"
       WHERE p."ticketId" = $1 AND p.until > $2 ORDER BY p.state, e.name, e.id`,
      [ticketId, ctx.now()],
    );
  }

  /** Nobody hears of a ticket he may not see: neither its own topic nor, in the same breath, that of the list. */
  private async heard(actor: Actor, topics: string[]): Promise<string[]> {
    const ids = topics.flatMap((topic) => topic.split(':')[1] ?? []).filter((id) => UUID.test(id));
    if (!ids.length) return topics;
    const params = new SqlParams();
    const condition = visibleTo(actor, params);
    if (condition === 'true') return topics;
    const rows = await this.db.query<{ id: string }>(
      systemContext(),
      `SELECT t.id FROM ticket t WHERE t.id = ANY(${params.add(ids)}::uuid[]) AND ${condition}`,
      params.values,
    );
    const visible = new Set(rows.map(({ id }) => id));
    return visible.size ? topics.filter((topic) => !topic.includes(':') || visible.has(topic.split(':')[1] ?? '')) : [];
  }
}
