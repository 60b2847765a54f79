import { ClientsPermission, Companies, Contacts } from '@opora/modules/clients';
import { type Ctx, holds } from '@opora/platform/context';
import { SqlParams } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import type { TextTerm, TicketFilter } from './ticket-filter';
import type { FilterNames } from './ticket-filter-names';
import { TicketFilters } from './ticket-filters.service';
import { rowsSql, type TicketRow, toTicketRowView } from './ticket-list.query';
import { isForgivable, rankOf } from './ticket-search-sql';
import type { FoundTicketsView, SearchEverything, SearchView } from './ticket-search.dto';
import { visibleTo } from './tickets.access';

/** Of very many matches the newest are ranked; the list with the same words shows all of them. */
const RANKED = 200;

/** The search box: tickets, companies and people at once, the best first. */
@Injectable()
export class TicketSearch {
  constructor(
    private readonly filters: TicketFilters,
    private readonly companies: Companies,
    private readonly contacts: Contacts,
  ) {}

  async search(ctx: Ctx, { q, limit }: SearchEverything): Promise<SearchView> {
    const filter = this.filters.parse(ctx, q);
    const words = wordsOf(filter).join(' ').slice(0, 200).trim();
    const seesClients = words !== '' && holds(ctx.actor, ClientsPermission.read);
    const [tickets, companies, contacts] = await Promise.all([
      this.tickets(ctx, filter, limit),
      seesClients ? this.companies.list(ctx, { q: words, limit }) : undefined,
      seesClients ? this.contacts.list(ctx, { q: words, limit }) : undefined,
    ]);
    return {
      tickets,
      companies: (companies?.data ?? []).map(({ id, name }) => ({ id, name })),
      contacts: (contacts?.data ?? []).map(({ id, name, memberships }) => ({ id, name, companies: memberships.map(({ company }) => company) })),
    };
  }

  private async tickets(ctx: Ctx, filter: TicketFilter, limit: number): Promise<FoundTicketsView> {
    const names = await this.filters.lookUp(ctx, [filter]);
    this.filters.requireKnown(ctx, filter, names);
    let rows = await this.rows(ctx, filter, names, limit + 1, false);
    const isApproximate = !rows.length && isForgivable(filter.terms.filter((term) => term.kind === 'text'));
    if (isApproximate) rows = await this.rows(ctx, filter, names, limit + 1, true);
    return {
      data: rows.slice(0, limit).map((row) => toTicketRowView(row, [], ctx.locale)),
      hasMore: rows.length > limit,
      isApproximate: isApproximate && rows.length > 0,
    };
  }

  private rows(ctx: Ctx, filter: TicketFilter, names: FilterNames, limit: number, isFuzzy: boolean): Promise<TicketRow[]> {
    const params = new SqlParams();
    const { actor, locale } = ctx;
    const condition = this.filters.condition(ctx, filter, names, params, isFuzzy);
    const number = numberOf(filter);
    const isNumber = number === undefined ? 'false' : `t.number = ${params.add(number)}::bigint`;
    const where = `${visibleTo(actor, params)} AND ${condition}`;
    const newest = `SELECT t.id, t."updatedAt", ${isNumber} AS exact FROM ticket t WHERE ${where} ORDER BY exact DESC, t."updatedAt" DESC LIMIT ${RANKED}`;
    const rank = isFuzzy ? likeness(filter, params) : rankOf(filter.terms.filter((term) => term.kind === 'text'), { actor, params });
    const best = `row_number() OVER (ORDER BY c.exact DESC, ${rank} DESC, c."updatedAt" DESC, c.id)`;
    const page = `SELECT c.id, ${best} AS key FROM (${newest}) c JOIN ticket_search s ON s."ticketId" = c.id ORDER BY key LIMIT ${params.add(limit)}::int`;
    return this.filters.query<TicketRow>(ctx, isFuzzy, rowsSql({ actor, locale, params, page, isDescending: false, colors: [] }), params);
  }
}

const textsOf = ({ terms }: TicketFilter): TextTerm[] => terms.filter((term) => term.kind === 'text' && !term.isNegated) as TextTerm[];
const wordsOf = (filter: TicketFilter): string[] => textsOf(filter).map(({ text }) => text);

/** The whole search is a ticket's number. */
function numberOf(filter: TicketFilter): string | undefined {
  const [text, ...others] = wordsOf(filter);
  return others.length ? undefined : /^[#№]?(\d{1,10})$/.exec(text ?? '')?.[1];
}

const likeness = (filter: TicketFilter, params: SqlParams): string => `word_similarity(${params.add(wordsOf(filter).join(' ').toLowerCase())}::text, s."shortText")`;
