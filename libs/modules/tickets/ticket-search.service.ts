import { ClientsPermission, Companies, Contacts } from '@opora/modules/clients';
import { type Ctx, holds } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import type { TextTerm, TicketFilter } from './ticket-filter';
import type { FilterNames } from './ticket-filter-names';
import { TicketFilters } from './ticket-filters.service';
import { TicketList } from './ticket-list.service';
import { closenessOf, isForgivable, type Lookup } from './ticket-search-sql';
import type { FoundTicketsView, SearchEverything, SearchView } from './ticket-search.dto';
import { visibleTo } from './tickets.access';

/** Of very many matches the newest are ranked; the list with the same words shows all of them. */
const RANKED = 500;

/** The search box: tickets, companies and people at once, the best first. */
@Injectable()
export class TicketSearch {
  constructor(
    private readonly db: Db,
    private readonly list: TicketList,
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
      contacts: (contacts?.data ?? []).map(({ id, name, memberships }) => ({
        id,
        name,
        companies: memberships.map(({ company }) => company),
      })),
    };
  }

  private async tickets(ctx: Ctx, filter: TicketFilter, limit: number): Promise<FoundTicketsView> {
    const names = await this.filters.lookUp(ctx, [filter]);
    this.filters.requireKnown(ctx, filter, names);
    let ids = await this.best(ctx, filter, names, limit + 1, await this.filters.lookupOf(ctx, filter));
    const isApproximate = !ids.length && isForgivable(filter.terms.filter((term) => term.kind === 'text'));
    if (isApproximate) ids = await this.best(ctx, filter, names, limit + 1, 'fuzzy');
    const data = await this.list.rowsOf(ctx, ids.slice(0, limit));
    return { data, hasMore: ids.length > limit, isApproximate: isApproximate && ids.length > 0 };
  }

  /** The number itself first, then what bears the words in its subject and names, the newest before the older. */
  private async best(
    ctx: Ctx,
    filter: TicketFilter,
    names: FilterNames,
    limit: number,
    lookup: Lookup,
  ): Promise<string[]> {
    const params = new SqlParams();
    const number = numberOf(filter);
    const isNumber = number === undefined ? 'false' : `t.number = ${params.add(number)}::bigint`;
    const where = `${visibleTo(ctx.actor, params)} AND ${this.filters.condition(ctx, filter, names, params, { lookup })}`;
    const order =
      number === undefined ? 't."updatedAt" DESC, t.id DESC' : `${isNumber} DESC, t."updatedAt" DESC, t.id DESC`;
    const newest = `SELECT t.id, t."updatedAt", ${isNumber} AS exact FROM ticket t WHERE ${where} ORDER BY ${order} LIMIT ${RANKED}`;
    const closeness = lookup === 'fuzzy' ? likeness(filter, params) : closenessOf(textsOf(filter), params);
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT c.id FROM (${newest}) c LEFT JOIN ticket_search s ON s."ticketId" = c.id
       ORDER BY c.exact DESC, (${closeness}) DESC NULLS LAST, c."updatedAt" DESC, c.id DESC LIMIT ${params.add(limit)}::int`,
      params.values,
    );
    return rows.map(({ id }) => id);
  }
}

const textsOf = ({ terms }: TicketFilter): TextTerm[] =>
  terms.filter((term) => term.kind === 'text' && !term.isNegated) as TextTerm[];
const wordsOf = (filter: TicketFilter): string[] => textsOf(filter).map(({ text }) => text);

/** The whole search is a ticket's number. */
function numberOf(filter: TicketFilter): string | undefined {
  const [text, ...others] = wordsOf(filter);
  return others.length ? undefined : /^[#№]?(\d{1,10})$/.exec(text ?? '')?.[1];
}

const likeness = (filter: TicketFilter, params: SqlParams): string =>
  `word_similarity(${params.add(wordsOf(filter).join(' ').toLowerCase())}::text, s."shortText")`;
