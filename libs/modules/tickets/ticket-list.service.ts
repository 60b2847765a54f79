import { createHash } from 'node:crypto';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { RequestError } from '@opora/platform/errors';
import { decodeCursor, keyset, mapPage, type Page, pageOfRows } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import { formatFilter, type TicketFilter } from './ticket-filter';
import { formatSort, parseSort, type TicketSort } from './ticket-filter-keys';
import type { FilterNames } from './ticket-filter-names';
import { sortSql, type SortSql } from './ticket-filter-sql';
import { TicketFilters } from './ticket-filters.service';
import type { FilterTickets, ListTickets, TicketRowView } from './ticket-list.dto';
import { afterRow, pageSql, rowsSql, type TicketRow, toTicketRowView } from './ticket-list.query';
import { isForgivable } from './ticket-search-sql';
import type { ColorRule } from './ticket-view.entity';
import { TicketViews } from './ticket-views.service';
import { visibleTo } from './tickets.access';

const NEWEST_FIRST: TicketSort = { key: 'updatedAt', isDescending: true };

/** What a list shows: the typed filter and the view's, their names, the order, the colours. */
type Request = { filters: TicketFilter[]; names: FilterNames; sort: TicketSort; rules: readonly ColorRule[]; colors: TicketFilter[] };
type Place = { after?: [string, string]; isFuzzy: boolean };

/** Lists and counts of tickets: one query each. */
@Injectable()
export class TicketList {
  constructor(
    private readonly db: Db,
    private readonly filters: TicketFilters,
    private readonly views: TicketViews,
  ) {}

  /** A page of the tickets the actor may see. Words that nothing bears are looked for once more, forgiving typing mistakes. */
  async list(ctx: Ctx, input: ListTickets): Promise<Page<TicketRowView>> {
    const request = await this.read(ctx, input);
    const sort = sortSql(request.sort);
    const list = identify(request, input);
    const { after, isFuzzy } = placeOf(input.cursor, list, sort);
    let rows = await this.rows(ctx, request, sort, input.limit + 1, { after, isFuzzy });
    const isSecondLook = !rows.length && !after && this.forgives(request, input);
    if (isSecondLook) rows = await this.rows(ctx, request, sort, input.limit + 1, { isFuzzy: true });
    const page = pageOfRows(rows, input.limit, (row) => keyset(list, isFuzzy || isSecondLook ? 'fuzzy' : 'exact', row.key, row.id));
    return mapPage(page, (row) => toTicketRowView(row, request.rules, ctx.locale));
  }

  /** How many tickets the list has, in full. */
  async count(ctx: Ctx, input: FilterTickets): Promise<number> {
    const request = await this.read(ctx, input);
    const count = (isFuzzy: boolean) =>
      this.query<{ count: number }>(ctx, isFuzzy, (params) => `SELECT count(*)::int AS count FROM ticket t WHERE ${this.where(ctx, request, params, isFuzzy)}`);
    const [exact] = await count(false);
    if (exact!.count || !this.forgives(request, input)) return exact!.count;
    return (await count(true))[0]!.count;
  }

  private async read(ctx: Ctx, input: FilterTickets & { sort?: string }): Promise<Request> {
    const typed = this.filters.parse(ctx, input.q ?? '');
    const view = input.view ? await this.views.get(ctx, input.view) : undefined;
    const saved = view && this.views.filterOf(view);
    const rules = view?.colorRules ?? [];
    const colors = rules.map((rule) => this.views.readOrNothing(rule.if));
    const filters = saved ? [typed, saved] : [typed];
    const names = await this.filters.lookUp(ctx, [...filters, ...colors]);
    this.filters.requireKnown(ctx, typed, names);
    const sort = (input.sort && parseSort(input.sort)) || typed.sort || saved?.sort || (view?.sort && parseSort(view.sort)) || NEWEST_FIRST;
    return { filters, names, sort, rules, colors };
  }

  /** A saved view counts exactly what its words say, so that its counter equals its rows. */
  private forgives({ filters: [typed] }: Request, input: FilterTickets): boolean {
    return !input.view && isForgivable(typed!.terms.filter((term) => term.kind === 'text'));
  }

  private rows(ctx: Ctx, request: Request, sort: SortSql, limit: number, { after, isFuzzy }: Place): Promise<TicketRow[]> {
    const { isDescending } = request.sort;
    return this.query<TicketRow>(ctx, isFuzzy, (params) => {
      const where = this.where(ctx, request, params, isFuzzy);
      const rest = after ? `${where} AND ${afterRow(sort, isDescending, after, params)}` : where;
      const page = pageSql(rest, sort, isDescending, limit, params);
      const colors = request.colors.map((filter) => this.filters.condition(ctx, filter, request.names, params));
      return rowsSql({ actor: ctx.actor, locale: ctx.locale, params, page, isDescending, colors });
    });
  }

  private where(ctx: Ctx, { filters, names }: Request, params: SqlParams, isFuzzy: boolean): string {
    return [visibleTo(ctx.actor, params), ...filters.map((filter) => this.filters.condition(ctx, filter, names, params, isFuzzy))].join(' AND ');
  }

  private query<Row>(ctx: Ctx, isFuzzy: boolean, build: (params: SqlParams) => string): Promise<Row[]> {
    const params = new SqlParams();
    return this.filters.query<Row>(ctx, isFuzzy, build(params), params);
  }
}

/** A short name of the list: a cursor belongs to one filter in one order. */
function identify({ filters, sort }: Request, { view = '' }: FilterTickets): string {
  const text = [view, formatSort(sort), ...filters.map((filter) => formatFilter({ terms: filter.terms }))].join('\n');
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

const MOMENT = /^(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?|-?infinity)$/;
const isMoment = (text: string): boolean => MOMENT.test(text) && (text.endsWith('infinity') || !Number.isNaN(Date.parse(text.slice(0, 10))));

/** Reads the cursor; one of another list is refused. */
function placeOf(cursor: string | undefined, list: string, { type }: SortSql): Place {
  const [owner, mode, value, id] = decodeCursor(cursor, ['text', 'text', 'text', 'uuid']) ?? [];
  if (owner === undefined) return { isFuzzy: false };
  const isValid = type === 'bigint' ? /^\d{1,18}$/.test(String(value)) : isMoment(String(value));
  if (owner !== list || !isValid) throw RequestError.badCursor();
  return { after: [String(value), String(id)], isFuzzy: mode === 'fuzzy' };
}
