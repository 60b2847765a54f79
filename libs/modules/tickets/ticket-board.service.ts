import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem, RequestError } from '@opora/platform/errors';
import { encodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { ProcessDefinitions } from './process-definitions.service';
import { Process } from './process.entity';
import type { BoardColumns, BoardColumnView, ListBoardColumn, ShowBoard, TicketBoardView } from './ticket-board.dto';
import { sortSql } from './ticket-filter-sql';
import { TicketFilters } from './ticket-filters.service';
import type { TicketRowView } from './ticket-list.dto';
import { afterRow, pageSql, type PlaceRow } from './ticket-list.query';
import { identify, type ListRequest, placeOf, TicketList } from './ticket-list.service';
import type { Lookup } from './ticket-search-sql';
import { STATUS_CATEGORIES, type StatusCategory } from './ticket-status';

type Counted = { processId: string; statusId: string; category: StatusCategory; count: number };
type Column = Omit<BoardColumnView, 'data' | 'next'>;
type Placed = PlaceRow & { column: string };

const CONDITIONS: Record<BoardColumns, (value: string) => string> = {
  status: (value) => `t."statusId" = ${value}::uuid`,
  category: (value) => `t."statusCategory" = ${value}`,
};

/** The tickets of a list by what stage they are at. */
@Injectable()
export class TicketBoard {
  constructor(
    private readonly db: Db,
    private readonly list: TicketList,
    private readonly filters: TicketFilters,
    private readonly definitions: ProcessDefinitions,
  ) {}

  /** The columns with their counts by one question, their first cards by another. */
  async show(ctx: Ctx, input: ShowBoard): Promise<TicketBoardView> {
    const request = await this.list.read(ctx, input);
    let lookup: Lookup = await this.filters.lookupOf(ctx, request.filter);
    let counted = await this.counted(ctx, request, lookup);
    if (!counted.length && this.list.forgives(request, input)) {
      lookup = 'fuzzy';
      counted = await this.counted(ctx, request, lookup);
    }
    const { by, columns } = await this.columns(ctx, counted);
    const full = columns.filter(({ count }) => count > 0).map(({ id }) => id);
    const places = await this.places(ctx, request, { by, columns: full, lookup, limit: input.limit + 1 });
    const pages = new Map(full.map((id) => [id, places.filter(({ column }) => column === id)] as const));
    const shown = [...pages.values()].flatMap((rows) => rows.slice(0, input.limit).map(({ id }) => id));
    const rows = new Map((await this.list.rowsOf(ctx, shown, request)).map((row) => [row.id, row]));
    return {
      by,
      total: columns.reduce((sum, { count }) => sum + count, 0),
      columns: columns.map((column) => {
        const found = pages.get(column.id) ?? [];
        const first = found.slice(0, input.limit);
        const last = first.at(-1);
        const data = first.flatMap(({ id }) => rows.get(id) ?? []);
        const next =
          last && found.length > first.length
            ? encodeCursor(keyset(nameOf(request, input, by, column.id), modeOf(lookup), last.key, last.id))
            : null;
        return { ...column, data, next };
      }),
    };
  }

  /** The next cards of a column. */
  async more(ctx: Ctx, input: ListBoardColumn): Promise<Page<TicketRowView>> {
    const { by, column, limit } = input;
    if (by === 'status' ? !UUID.test(column) : !STATUS_CATEGORIES.includes(column as StatusCategory))
      throw fieldProblem('/column', 'validation.isIn');
    const request = await this.list.read(ctx, input);
    const list = nameOf(request, input, by, column);
    const { after, isFuzzy } = placeOf(input.cursor, list, sortSql(request.sort, request.names));
    const lookup = isFuzzy ? 'fuzzy' : await this.filters.lookupOf(ctx, request.filter);
    const places = await this.places(ctx, request, { by, columns: [column], lookup, limit: limit + 1, after });
    const page = pageOfRows(places, limit, ({ id, key }) => keyset(list, modeOf(lookup), key, id));
    return {
      ...page,
      data: await this.list.rowsOf(
        ctx,
        page.data.map(({ id }) => id),
        request,
      ),
    };
  }

  private counted(ctx: Ctx, request: ListRequest, lookup: Lookup): Promise<Counted[]> {
    const params = new SqlParams();
    const where = this.list.where(ctx, request, params, lookup);
    return this.db.query<Counted>(
      ctx,
      `SELECT t."processId", t."statusId", t."statusCategory" AS category, count(*)::int AS count FROM ticket t WHERE ${where} GROUP BY 1, 2, 3`,
      params.values,
    );
  }

  private places(
    ctx: Ctx,
    request: ListRequest,
    given: { by: BoardColumns; columns: string[]; lookup: Lookup; limit: number; after?: [string, string] },
  ): Promise<Placed[]> {
    if (!given.columns.length) return Promise.resolve([]);
    const params = new SqlParams();
    const sort = sortSql(request.sort, request.names);
    const { isDescending } = request.sort;
    const columns = params.add(given.columns);
    const where = [
      this.list.where(ctx, request, params, given.lookup),
      CONDITIONS[given.by]('c.id'),
      ...(given.after ? [afterRow(sort, isDescending, given.after, params)] : []),
    ].join(' AND ');
    return this.db.query<Placed>(
      ctx,
      `SELECT c.id AS "column", p.id, p.key FROM unnest(${columns}::text[]) WITH ORDINALITY AS c(id, place)
       CROSS JOIN LATERAL (SELECT q.*, row_number() OVER () AS place FROM (${pageSql(where, sort, isDescending, given.limit, params)}) q) p
       ORDER BY c.place, p.place`,
      params.values,
    );
  }

  /** Statuses of the one process all tickets run by, also those nobody is in; of several processes the categories. */
  private async columns(ctx: Ctx, counted: readonly Counted[]): Promise<{ by: BoardColumns; columns: Column[] }> {
    const processIds = new Set(counted.map(({ processId }) => processId));
    if (processIds.size > 1) return { by: 'category', columns: categoriesOf(ctx, counted) };
    const [processId = await this.defaultProcess(ctx)] = processIds;
    const { whole } = await this.definitions.get(ctx, processId);
    const counts = new Map(counted.map(({ statusId, count }) => [statusId, count]));
    const statuses = [...whole.statuses].sort((one, other) => one.position - other.position);
    // A status that has left the process while tickets are in it: only the categories tell all of them.
    if (counted.some(({ statusId }) => !statuses.some(({ id }) => id === statusId)))
      return { by: 'category', columns: categoriesOf(ctx, counted) };
    const columns = statuses.map(({ id, name, color, category }) => ({
      id,
      name: name[ctx.locale],
      color,
      category,
      count: counts.get(id) ?? 0,
    }));
    return { by: 'status', columns };
  }

  private async defaultProcess(ctx: Ctx): Promise<string> {
    const process = await this.db.repo(ctx, Process).findOneBy({ isDefault: true });
    if (!process) throw RequestError.notFound();
    return process.id;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const modeOf = (lookup: Lookup): string => (lookup === 'fuzzy' ? 'fuzzy' : 'exact');
const nameOf = (request: ListRequest, input: { view?: string }, by: BoardColumns, column: string): string =>
  `${identify(request, input)} ${by} ${column}`;

const categoriesOf = (ctx: Ctx, counted: readonly Counted[]): Column[] =>
  STATUS_CATEGORIES.map((category) => ({
    id: category,
    name: t(ctx, `tickets.category.${category}`),
    color: null,
    category,
    count: counted.filter((row) => row.category === category).reduce((sum, { count }) => sum + count, 0),
  }));
