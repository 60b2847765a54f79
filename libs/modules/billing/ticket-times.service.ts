import { Injectable } from '@nestjs/common';
import { TicketChanged, Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { On, type PayloadOf } from '@opora/platform/events';
import type { TicketTimeView } from './time-entries.dto';
import { seesAllTime } from './billing.access';

/** A ticket and what stands above it. */
const ABOVE = `WITH RECURSIVE above AS (
  SELECT id, "parentId" FROM ticket WHERE id = ANY($1::uuid[])
  UNION SELECT p.id, p."parentId" FROM ticket p JOIN above ON p.id = above."parentId")`;

/** Sums of tickets with what stands below them. */
@Injectable()
export class TicketTimes {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
  ) {}

  /** Adds to the ticket and to the trees it is part of; rows are taken in one order, so that two children of a parent cannot block each other. */
  async add(ctx: TxCtx, ticketId: string, delta: number): Promise<void> {
    if (!delta) return;
    await this.db.query(
      ctx,
      `${ABOVE} INSERT INTO ticket_time ("ticketId", seconds, "treeSeconds")
       SELECT id, CASE WHEN id = $2 THEN $3::int ELSE 0 END, $3::int FROM above ORDER BY id
       ON CONFLICT ("ticketId") DO UPDATE SET seconds = ticket_time.seconds + excluded.seconds, "treeSeconds" = ticket_time."treeSeconds" + excluded."treeSeconds"`,
      [[ticketId], ticketId, delta],
    );
  }

  /** A ticket got another parent: both trees are summed anew. */
  @On(TicketChanged)
  async moved(ctx: Ctx, { ticketId, fields, version }: PayloadOf<typeof TicketChanged>): Promise<void> {
    if (!fields.includes('parentId')) return;
    const [line] = await this.db.query<{ before: string | null; after: string | null }>(
      ctx,
      `SELECT before #>> '{}' AS before, after #>> '{}' AS after FROM ticket_change WHERE "ticketId" = $1 AND version = $2 AND field = 'parentId'`,
      [ticketId, version],
    );
    const parents = [line?.before, line?.after].filter((id): id is string => Boolean(id));
    if (parents.length) await this.db.tx(ctx, (ctx) => this.sumAnew(ctx, parents));
  }

  /** Sums of a ticket the actor sees: without the right to read time, his own part only. */
  async summary(ctx: Ctx, key: string): Promise<TicketTimeView> {
    const id = await this.tickets.idOf(ctx, key);
    const isAll = seesAllTime(ctx.actor);
    const people = await this.db.query<TicketTimeView['people'][number]>(
      ctx,
      `SELECT p.id, p.name, sum(e.seconds)::int AS seconds, count(*)::int AS entries FROM time_entry e JOIN employee p ON p.id = e."employeeId"
       WHERE e."ticketId" = $1 AND e."deletedAt" IS NULL AND ($2 OR e."employeeId"::text = $3) GROUP BY p.id, p.name ORDER BY seconds DESC, p.name`,
      [id, isAll, ctx.actor.id],
    );
    const [sums] = isAll
      ? await this.db.query<{ seconds: number; treeSeconds: number }>(
          ctx,
          `SELECT seconds, "treeSeconds" FROM ticket_time WHERE "ticketId" = $1`,
          [id],
        )
      : [];
    const own = people.reduce((sum, { seconds }) => sum + seconds, 0);
    return { spentSeconds: sums?.seconds ?? own, withChildrenSeconds: sums?.treeSeconds ?? own, people };
  }

  private async sumAnew(ctx: TxCtx, ids: string[]): Promise<void> {
    const above = await this.db.query<{ id: string }>(ctx, `${ABOVE} SELECT id FROM above ORDER BY id`, [ids]);
    const all = above.map(({ id }) => id);
    await this.db.query(
      ctx,
      `INSERT INTO ticket_time ("ticketId") SELECT id FROM unnest($1::uuid[]) u(id) ORDER BY id ON CONFLICT DO NOTHING`,
      [all],
    );
    // Locked first: what is added meanwhile waits and comes on top.
    await this.db.query(
      ctx,
      `SELECT 1 FROM ticket_time WHERE "ticketId" = ANY($1::uuid[]) ORDER BY "ticketId" FOR UPDATE`,
      [all],
    );
    await this.db.query(
      ctx,
      `UPDATE ticket_time tt SET "treeSeconds" = (
         WITH RECURSIVE below AS (SELECT tt."ticketId" AS id UNION SELECT c.id FROM ticket c JOIN below ON c."parentId" = below.id)
         SELECT COALESCE(sum(e.seconds), 0)::int FROM time_entry e JOIN below ON below.id = e."ticketId" WHERE e."deletedAt" IS NULL)
       WHERE tt."ticketId" = ANY($1::uuid[])`,
      [all],
    );
  }
}
