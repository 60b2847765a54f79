import { Injectable } from '@nestjs/common';
import { TicketList } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import type { BulkSelection } from './bulk-runs.dto';
import { MacroError } from './macros.errors';

/** Most tickets of one run. */
export const MOST_TICKETS = 5000;

/** Which tickets a run is about: those named, or all that a list shows. */
@Injectable()
export class BulkSelections {
  constructor(
    private readonly db: Db,
    private readonly list: TicketList,
  ) {}

  /** Writes the rows of a run in one statement: what the filter finds later is no concern of it. Answers how many. */
  async freeze(ctx: TxCtx, runId: string, selection: BulkSelection): Promise<number> {
    const params = new SqlParams();
    const chosen = await this.sql(ctx, selection, params);
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      `WITH chosen AS (${chosen}), frozen AS (
         INSERT INTO bulk_run_row ("runId", "ticketId", position, state) SELECT ${params.add(runId)}::uuid, c.id, c.position, 'waiting' FROM chosen c RETURNING 1)
       SELECT count(*)::int AS count FROM frozen`,
      params.values,
    );
    await this.demandSize(ctx, selection, row!.count);
    return row!.count;
  }

  /** The ids in the order of the run. */
  async ids(ctx: Ctx, selection: BulkSelection): Promise<string[]> {
    const params = new SqlParams();
    const sql = `${await this.sql(ctx, selection, params)} ORDER BY 2`;
    const rows = await this.db.query<{ id: string }>(ctx, sql, params.values);
    await this.demandSize(ctx, selection, rows.length);
    return rows.map(({ id }) => id);
  }

  private async sql(ctx: Ctx, selection: BulkSelection, params: SqlParams): Promise<string> {
    const { ticketIds, q, view, except = [] } = selection;
    const isFilter = q !== undefined || view !== undefined;
    if ((ticketIds === undefined) !== isFilter) throw fieldProblem('/selection', 'macros.selectionRequired');
    if (ticketIds)
      return `SELECT n.id, (row_number() OVER (ORDER BY min(n.place)))::int AS position
        FROM unnest(${params.add(ticketIds)}::uuid[]) WITH ORDINALITY n(id, place) GROUP BY n.id`;
    const where = await this.list.selection(ctx, { q, view }, params);
    // One more than allowed tells that there are too many.
    return `SELECT s.id, (row_number() OVER (ORDER BY s.number))::int AS position FROM (
      SELECT t.id, t.number FROM ticket t WHERE ${where} AND t.id <> ALL(${params.add(except)}::uuid[]) LIMIT ${MOST_TICKETS + 1}) s`;
  }

  private async demandSize(ctx: Ctx, { q, view }: BulkSelection, count: number): Promise<void> {
    if (!count) throw MacroError.selectionEmpty();
    if (count <= MOST_TICKETS) return;
    const chosen = q === undefined && view === undefined ? count : await this.list.count(ctx, { q, view });
    throw MacroError.selectionTooBig({ limit: MOST_TICKETS, count: chosen }, { limit: MOST_TICKETS, count: chosen });
  }
}
