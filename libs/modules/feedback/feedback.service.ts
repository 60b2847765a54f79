import { visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams } from '@opora/platform/db';
import { raise, RequestError } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import type { ListRatings, RateableTicket, RatingRow } from './feedback.dto';
import { FeedbackError } from './feedback.errors';
import { TicketRated } from './feedback.events';
import { Rating, type Score } from './rating.entity';
import { earlierMarks, type Mark, rateableUntil, verdict } from './rating-rules';

const ROW = `SELECT r.*, t.number AS "ticketNumber", t.subject AS "ticketSubject", c.name AS "contactName"
  FROM rating r JOIN ticket t ON t.id = r."ticketId" JOIN contact c ON c.id = r."contactId"`;

export type RatingState = { ticket: RateableTicket; rating: Rating | null; until: Date | null };

@Injectable()
export class Feedback {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly live: Live,
  ) {}

  /** The mark of the signed-in contact on a ticket he sees. */
  async stateFor(ctx: Ctx, ticketId: string): Promise<RatingState> {
    const ticket = await this.visibleTicket(ctx, ticketId);
    return this.state(ctx, ticket, ctx.actor.id);
  }

  /** The mark of a contact on a ticket; who asks has proved his right otherwise (by a link). */
  async stateOf(ctx: Ctx, ticketId: string, contactId: string): Promise<RatingState> {
    return this.state(ctx, await this.ticket(ctx, ticketId), contactId);
  }

  async rateAs(ctx: Ctx, ticketId: string, contactId: string, mark: Mark): Promise<RatingState> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.ticket(ctx, ticketId, 'FOR UPDATE');
      return this.rate(ctx, ticket, contactId, mark);
    });
  }

  async rateAsMe(ctx: Ctx, ticketId: string, mark: Mark): Promise<RatingState> {
    const ticket = await this.visibleTicket(ctx, ticketId);
    return this.rateAs(ctx, ticket.id, ctx.actor.id, mark);
  }

  /** Marks of a ticket the employee sees, and of what was merged into it. */
  async ofTicket(ctx: Ctx, idOrNumber: string): Promise<RatingRow[]> {
    const ticket = await this.visibleTicket(ctx, idOrNumber);
    return this.db.query<RatingRow>(
      ctx,
      `${ROW} WHERE r."ticketId" IN (SELECT ticket_absorbed($1::uuid)) ORDER BY r."changedAt" DESC`,
      [ticket.id],
    );
  }

  async list(ctx: Ctx, { score, companyId, cursor, limit }: ListRatings): Promise<Page<RatingRow>> {
    const after = decodeCursor(cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const where = [visibleTo(ctx.actor, params), `t."deletedAt" IS NULL`];
    if (score) where.push(`r.score = ${params.add(score)}`);
    if (companyId) where.push(`t."companyId" = ${params.add(companyId)}::uuid`);
    if (after)
      where.push(`(r."createdAt", r.id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`);
    const sql = `${ROW} WHERE ${where.join(' AND ')} ORDER BY r."createdAt" DESC, r.id DESC LIMIT ${params.add(limit + 1)}`;
    const rows = await this.db.query<RatingRow>(ctx, sql, params.values);
    return pageOfRows(rows, limit, (row) => keyset(row.createdAt, row.id));
  }

  /** A mark set by a policy after silence: never over one somebody gave. False when there is one, or nobody to ask. */
  rateAutomatically(ctx: Ctx, ticketId: string, score: Score): Promise<boolean> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.ticket(ctx, ticketId, 'FOR NO KEY UPDATE');
      if (verdict(ticket, null, ctx.now()) !== 'may') throw FeedbackError.notDone();
      const rows = await this.db.query(
        ctx,
        `INSERT INTO rating (id, "ticketId", "contactId", score, source, "isAutomatic", "createdAt", "changedAt")
         SELECT $1, t.id, t."contactId", $3, 'automatic', true, $4, $4 FROM ticket t WHERE t.id = $2 AND t."contactId" IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM rating r WHERE r."ticketId" = t.id)
         ON CONFLICT ("ticketId", "contactId") DO NOTHING RETURNING id`,
        [newId(), ticket.id, score, ctx.now()],
      );
      this.live.touch(ctx, [`ticket:${ticket.id}`]);
      return rows.length > 0;
    });
  }

  private async rate(ctx: Ctx, ticket: RateableTicket, contactId: string, mark: Mark): Promise<RatingState> {
    const repo = this.db.repo(ctx, Rating);
    const present = await repo.findOneBy({ ticketId: ticket.id, contactId });
    const judged = verdict(ticket, present, ctx.now());
    if (judged !== 'may') throw FeedbackError[judged]();
    const rating = Object.assign(
      present ??
        Object.assign(new Rating(), {
          id: newId(),
          ticketId: ticket.id,
          contactId,
          createdAt: ctx.now(),
          isAutomatic: false,
        }),
      {
        previous: present ? earlierMarks(present, mark) : [],
        ...(present?.isAutomatic && { createdAt: ctx.now(), isAutomatic: false }),
        ...mark,
        changedAt: ctx.now(),
      },
    );
    const before = present ? (rating.previous[rating.previous.length - 1]?.score ?? null) : null;
    await repo.save(rating);
    await this.events.publish(
      ctx,
      TicketRated({ ratingId: rating.id, ticketId: ticket.id, contactId, score: mark.score, before }),
    );
    this.live.touch(ctx, [`ticket:${ticket.id}`]);
    return { ticket, rating, until: rateableUntil(ticket, rating) };
  }

  private async state(ctx: Ctx, ticket: RateableTicket, contactId: string): Promise<RatingState> {
    const rating = await this.db.repo(ctx, Rating).findOneBy({ ticketId: ticket.id, contactId });
    return { ticket, rating, until: rateableUntil(ticket, rating) };
  }

  private async ticket(ctx: Ctx, id: string, lock = ''): Promise<RateableTicket> {
    const [ticket] = await this.db.query<RateableTicket>(
      ctx,
      `SELECT id, number, subject, "statusCategory", "solvedAt", "closedAt" FROM ticket WHERE id = $1 AND "deletedAt" IS NULL ${lock}`,
      [id],
    );
    return ticket ?? raise(RequestError.notFound());
  }

  private async visibleTicket(ctx: Ctx, idOrNumber: string): Promise<RateableTicket> {
    const params = new SqlParams();
    const key = /^\d+$/.test(idOrNumber)
      ? `t.number = ${params.add(Math.min(Number(idOrNumber), 2_147_483_647))}`
      : `t.id = ${params.add(idOrNumber)}::uuid`;
    const [ticket] = await this.db.query<RateableTicket>(
      ctx,
      `SELECT t.id, t.number, t.subject, t."statusCategory", t."solvedAt", t."closedAt" FROM ticket t WHERE ${key} AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return ticket ?? raise(RequestError.notFound());
  }
}
