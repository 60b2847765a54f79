import { createHash } from 'node:crypto';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { RequestError } from '@opora/platform/errors';
import { decodeCursor, jsonPage, type JsonText, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import { rowFacets } from './ticket-facets';
import { formatFilter, type TicketFilter } from './ticket-filter';
import { codeOf, formatSort, isCustomKey, parseSort, type TicketSort } from './ticket-filter-keys';
import { TicketFields } from './ticket-fields.service';
import { type FilterNames, NO_NAMES } from './ticket-filter-names';
import { sortSql, type SortSql } from './ticket-filter-sql';
import { TicketFilters } from './ticket-filters.service';
import type { FilterTickets, ListTickets, TicketRowView } from './ticket-list.dto';
import { afterRow, pageSql, type PlaceRow, rowsSql } from './ticket-list.query';
import { TicketRowNames } from './ticket-row-names.service';
import { customFieldsOf, isNamed, ticketRow, writeTicketRow } from './ticket-row-text';
import { isForgivable, type Lookup } from './ticket-search-sql';
import type { ColorRule } from './ticket-view.entity';
import { TicketViews } from './ticket-views.service';
import { visibleTo } from './tickets.access';

const NEWEST_FIRST: TicketSort = { key: 'updatedAt', isDescending: true };

/** What a list shows: the typed filter and the view's as one, their names, the order, the colours. */
export type ListRequest = {
  filter: TicketFilter;
  names: FilterNames;
  sort: TicketSort;
  rules: readonly ColorRule[];
  colors: TicketFilter[];
  /** Custom fields that columns show. */
  codes: string[];
};
type Look = Pick<ListRequest, 'names' | 'rules' | 'colors' | 'codes'>;
type Place = { after?: [string, string]; isFuzzy: boolean };
type Cut = { after?: [string, string]; lookup: Lookup; limit: number };
const UNCOLOURED: Look = { names: NO_NAMES, rules: [], colors: [], codes: [] };

/** Lists and counts of tickets. */
@Injectable()
export class TicketList {
  constructor(
    private readonly db: Db,
    private readonly filters: TicketFilters,
    private readonly views: TicketViews,
    private readonly fields: TicketFields,
    private readonly names: TicketRowNames,
  ) {}

  /** A page of the tickets the actor may see. Words that nothing bears are looked for once more, forgiving typing mistakes. */
  async list(ctx: Ctx, input: ListTickets): Promise<JsonText<Page<TicketRowView>>> {
    const request = await this.read(ctx, input);
    const sort = sortSql(request.sort, request.names);
    const list = identify(request, input);
    const { after, isFuzzy } = placeOf(input.cursor, list, sort);
    let lookup: Lookup = isFuzzy ? 'fuzzy' : await this.filters.lookupOf(ctx, request.filter);
    let places = await this.places(ctx, request, sort, { after, lookup, limit: input.limit + 1 });
    if (!places.length && !after && this.forgives(request, input)) {
      lookup = 'fuzzy';
      places = await this.places(ctx, request, sort, { lookup, limit: input.limit + 1 });
    }
    const { data, page } = pageOfRows(places, input.limit, ({ id, key }) =>
      keyset(list, lookup === 'fuzzy' ? 'fuzzy' : 'exact', key, id),
    );
    const ids = data.map(({ id }) => id);
    return jsonPage(await this.writtenRows(ctx, ids, request), page);
  }

  /** How many tickets the list has, in full. */
  async count(ctx: Ctx, input: FilterTickets): Promise<number> {
    const request = await this.read(ctx, input);
    const exact = await this.countBy(ctx, request, 'exact');
    return exact || !this.forgives(request, input) ? exact : this.countBy(ctx, request, 'fuzzy');
  }

  /** The condition of all tickets of a list, over the alias `t`: for whoever does something with every one of them. */
  async selection(ctx: Ctx, input: FilterTickets, params: SqlParams): Promise<string> {
    const request = await this.read(ctx, input);
    const isForgiving = this.forgives(request, input) && !(await this.countBy(ctx, request, 'exact'));
    return this.where(ctx, request, params, isForgiving ? 'fuzzy' : 'exact');
  }

  /** Rows of these tickets in the order of the ids, without asking again who may see them. */
  async rowsOf(ctx: Ctx, ids: readonly string[], look: Look = UNCOLOURED): Promise<TicketRowView[]> {
    return JSON.parse(`[${(await this.writtenRows(ctx, ids, look)).join(',')}]`) as TicketRowView[];
  }

  /** The same as JSON, one text a row. */
  private async writtenRows(
    ctx: Ctx,
    ids: readonly string[],
    { names: asked, rules, colors, codes }: Look,
  ): Promise<string[]> {
    if (!ids.length) return [];
    const params = new SqlParams();
    const facets = rowFacets(ctx, params);
    const names = await this.names.of(ctx);
    const part = ticketRow(ctx, names, facets);
    const sql = rowsSql(ctx, ids, part, params, {
      colors: colors.map((filter) => this.filters.condition(ctx, filter, asked, params)),
      withCustom: codes.length > 0,
    });
    const rows = await this.db.preparedTexts(ctx, sql, params.values);
    const shown = await this.fields.inRows(ctx, rows.map(customFieldsOf), codes);
    const isWhole = rows.every((row) => isNamed(row, names));
    const writer = isWhole ? part : ticketRow(ctx, await this.names.newest(ctx), facets);
    return rows.map((row, index) => writeTicketRow(writer, row, shown[index]!, rules, ctx));
  }

  /** What the reader asks for, with everything that has a name looked up. */
  async read(ctx: Ctx, input: FilterTickets & Pick<ListTickets, 'sort' | 'columns'>): Promise<ListRequest> {
    const typed = this.filters.parse(ctx, input.q ?? '');
    const view = input.view ? await this.views.recent(ctx, input.view) : undefined;
    const saved = view && this.views.filterOf(view);
    const rules = view?.colorRules ?? [];
    const colors = rules.map((rule) => this.views.readOrNothing(rule.if));
    const filter = { terms: [...typed.terms, ...(saved?.terms ?? [])] };
    const asked = input.sort ? parseSort(input.sort) : typed.sort;
    const wanted = asked ?? saved?.sort ?? (view?.sort ? parseSort(view.sort) : undefined) ?? NEWEST_FIRST;
    const columns = [...(input.columns ?? []), ...(view?.columns ?? [])];
    const names = await this.filters.lookUp(ctx, [filter, ...colors], [wanted.key, ...columns]);
    this.filters.requireKnown(ctx, typed, names);
    if (asked) this.filters.requireSort(asked, names);
    this.filters.requireColumns(input.columns ?? [], names);
    // What a saved view still names after the field has gone does no harm.
    const sort = isCustomKey(wanted.key) && !names.custom.has(codeOf(wanted.key)) ? NEWEST_FIRST : wanted;
    const codes = [...new Set(columns.filter(isCustomKey).map(codeOf))];
    return { filter, names, sort, rules, colors, codes };
  }

  /** A saved view counts exactly what its words say, so that its counter equals its rows. */
  forgives({ filter }: ListRequest, input: FilterTickets): boolean {
    return !input.view && isForgivable(filter.terms.filter((term) => term.kind === 'text'));
  }

  private places(ctx: Ctx, request: ListRequest, sort: SortSql, { after, lookup, limit }: Cut): Promise<PlaceRow[]> {
    const params = new SqlParams();
    const { isDescending } = request.sort;
    const where = this.where(ctx, request, params, lookup);
    const rest = after ? `${where} AND ${afterRow(sort, isDescending, after, params)}` : where;
    return this.db.query<PlaceRow>(ctx, pageSql(rest, sort, isDescending, limit, params), params.values);
  }

  private async countBy(ctx: Ctx, request: ListRequest, lookup: Lookup): Promise<number> {
    const params = new SqlParams();
    const sql = `SELECT count(*)::int AS count FROM ticket t WHERE ${this.where(ctx, request, params, lookup)}`;
    const [row] = await this.db.query<{ count: number }>(ctx, sql, params.values);
    return row!.count;
  }

  /** The condition of the list over the alias `t`: what the actor may see of what he asks for. */
  where(ctx: Ctx, { filter, names }: ListRequest, params: SqlParams, lookup: Lookup): string {
    return `${visibleTo(ctx.actor, params)} AND ${this.filters.condition(ctx, filter, names, params, { lookup })}`;
  }
}

/** A short name of the list: a cursor belongs to one filter in one order. */
export function identify({ filter, sort }: ListRequest, { view = '' }: FilterTickets): string {
  const text = [view, formatSort(sort), formatFilter(filter)].join('\n');
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

const MOMENT = /^(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?|-?infinity)$/;
const isMoment = (text: string): boolean =>
  MOMENT.test(text) && (text.endsWith('infinity') || !Number.isNaN(Date.parse(text.slice(0, 10))));

/** What a cursor may hold, by the type of the order. */
const PLACES: Record<SortSql['type'], (value: string) => boolean> = {
  bigint: (value) => /^\d{1,18}$/.test(value),
  numeric: (value) => /^(-?\d{1,40}(\.\d{1,40})?|-?Infinity)$/.test(value),
  text: (value) => value.length <= 300,
  timestamptz: isMoment,
};

/** Reads the cursor; one of another list is refused. */
export function placeOf(cursor: string | undefined, list: string, { type }: SortSql): Place {
  const [owner, mode, value, id] = decodeCursor(cursor, ['text', 'text', 'text', 'uuid']) ?? [];
  if (owner === undefined) return { isFuzzy: false };
  const isValid = PLACES[type](String(value));
  if (owner !== list || !isValid) throw RequestError.badCursor();
  return { after: [String(value), String(id)], isFuzzy: mode === 'fuzzy' };
}
