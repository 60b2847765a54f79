import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import type { DuplicateReason, DuplicateView } from './ticket-duplicates.dto';
import {
  compatible,
  isComparable,
  type Likeness,
  type LikeRow,
  likeSql,
  mentionsSql,
  rarestOf,
} from './ticket-duplicates.query';
import { TicketFilters } from './ticket-filters.service';
import { TicketList } from './ticket-list.service';
import { visibleTo } from './tickets.access';
import { Tickets } from './tickets.service';

/** While somebody types a few are enough. */
const SHOWN = 5;
const CANDIDATES = 20;

/** Tickets that may be about the same. */
@Injectable()
export class TicketDuplicates {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly filters: TicketFilters,
    private readonly list: TicketList,
  ) {}

  /** Open or recent tickets like one in the making; empty while too little is known. */
  async find(ctx: Ctx, wanted: Likeness): Promise<DuplicateView[]> {
    return this.rows(ctx, await this.alike(ctx, wanted, SHOWN));
  }

  /** How alike the tickets are, the most alike first. */
  async alike(ctx: Ctx, wanted: Likeness, limit: number): Promise<LikeRow[]> {
    if (!isComparable(wanted.subject)) return [];
    const params = new SqlParams();
    const rareWord = await this.rareWord(ctx, wanted);
    const sql = likeSql({ actor: ctx.actor, now: ctx.now() }, { ...wanted, rareWord }, limit, params);
    return this.db.query<LikeRow>(ctx, sql, params.values);
  }

  private async rareWord(ctx: Ctx, wanted: Likeness): Promise<number | undefined> {
    const params = new SqlParams();
    const sql = mentionsSql(wanted, ctx.actor, params);
    const [row] = sql ? await this.db.query<{ mentions: number[] }>(ctx, sql, params.values) : [];
    return row && rarestOf(row.mentions);
  }

  /** What could be merged into the ticket: what looks like it, or what the words find. */
  async candidates(ctx: Ctx, key: string, q = '', limit = CANDIDATES): Promise<DuplicateView[]> {
    const { id, subject, companyId, contactId, objectId } = await this.tickets.get(ctx, key);
    if (q.trim()) return this.rows(ctx, await this.found(ctx, { id, companyId }, q, limit));
    const wanted = { subject, companyId, contactId, objectId, exceptId: id };
    return this.rows(ctx, await this.alike(ctx, wanted, limit));
  }

  private async found(
    ctx: Ctx,
    { id, companyId }: { id: string; companyId: string | null },
    q: string,
    limit: number,
  ): Promise<LikeRow[]> {
    const filter = this.filters.parse(ctx, q);
    const names = await this.filters.lookUp(ctx, [filter]);
    this.filters.requireKnown(ctx, filter, names);
    const lookup = await this.filters.lookupOf(ctx, filter);
    const params = new SqlParams();
    const number = /^\s*[#№]?\s*(\d{1,10})\s*$/.exec(q)?.[1];
    const isNumber = number ? `(t.number = ${params.add(number)}::bigint) DESC,` : '';
    return this.db.query<LikeRow>(
      ctx,
      `SELECT t.id, 0::float8 AS text, 0::float8 AS score, false AS "isCompany", false AS "isContact", false AS "isObject" FROM ticket t
       WHERE ${visibleTo(ctx.actor, params)} AND ${this.filters.condition(ctx, filter, names, params, { lookup })} AND t.id <> ${params.add(id)}::uuid
         AND t."mergedIntoId" IS NULL AND ${compatible(companyId, params)} ORDER BY ${isNumber} t."updatedAt" DESC, t.id DESC LIMIT ${params.add(limit)}::int`,
      params.values,
    );
  }

  private async rows(ctx: Ctx, found: readonly LikeRow[]): Promise<DuplicateView[]> {
    const tickets = await this.list.rowsOf(
      ctx,
      found.map(({ id }) => id),
    );
    return tickets.map((ticket, index) => {
      const row = found[index]!;
      return { ticket, score: Math.round(row.score * 100) / 100, why: reasonsOf(row) };
    });
  }
}

const reasonsOf = ({ text, isObject, isContact, isCompany }: LikeRow): DuplicateReason[] => [
  ...(text > 0 ? ['subject' as const] : []),
  ...(isObject ? ['object' as const] : []),
  ...(isContact ? ['contact' as const] : []),
  ...(isCompany ? ['company' as const] : []),
];
