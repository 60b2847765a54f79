import { Injectable } from '@nestjs/common';
import { visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Jobs } from '@opora/platform/events';
import { decodeCursor, invalid, keyset, type Page, pageOfRows, type PageQuery } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { BulkSelections } from './bulk-selection.service';
import { BulkRun } from './bulk-run.entity';
import { RunBulk } from './bulk-steps.service';
import { type ListBulkRows, type PreviewBulkRun, type RunRowRow, type StartBulkRun } from './bulk-runs.dto';
import { unexplainedDeadlines } from './field-actions';
import { Macros } from './macros.service';
import { MacroError } from './macros.errors';
import type { StoredAction } from './ticket-action';
import { TicketActions } from './ticket-actions.service';

/** Runs of one person that may go on at the same time. */
const MOST_RUNS = 3;

/** What screens of a run are told by. */
export const runTopics = (id: string): string[] => ['bulk-runs', `bulk-run:${id}`];

export type Wanted = { actions: StoredAction[]; name: string; macroId: string | null };

/** Changes of many tickets at once: started and watched. */
@Injectable()
export class BulkRuns {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly live: Live,
    private readonly actions: TicketActions,
    private readonly macros: Macros,
    private readonly selections: BulkSelections,
  ) {}

  /** Freezes the tickets and begins; the worker goes through them one by one. */
  start(ctx: Ctx, input: StartBulkRun): Promise<BulkRun> {
    return this.db.tx(ctx, async (ctx) => {
      const wanted = await this.wanted(ctx, input);
      await this.demandRoom(ctx);
      const run = this.runOf(ctx, { ...wanted, name: input.name ?? wanted.name });
      await this.db.repo(ctx, BulkRun).insert(run as never);
      run.total = await this.selections.freeze(ctx, run.id, input.selection);
      await this.db.repo(ctx, BulkRun).update({ id: run.id }, { total: run.total });
      await this.jobs.enqueue(ctx, RunBulk({ runId: run.id, lot: 0 }), { key: `${run.id}:0` });
      this.live.touch(ctx, runTopics(run.id), 'staff');
      return run;
    });
  }

  /** What the request asks for, checked: actions of its own, or those of a macro. */
  async wanted(ctx: Ctx, { actions, macroId }: Pick<PreviewBulkRun, 'actions' | 'macroId'>): Promise<Wanted> {
    if ((actions === undefined) === (macroId === undefined)) throw fieldProblem('/actions', 'macros.macroOrActions');
    if (macroId) {
      const macro = await this.macros.getSound(ctx, macroId);
      return { actions: macro.actions, name: macro.name, macroId };
    }
    const given = actions!.map(({ action, params }) => ({ action, params }));
    const problems = await this.actions.problems(ctx, given, { place: 'bulk' });
    if (problems.length) throw invalid(problems);
    const unexplained = unexplainedDeadlines(given);
    if (unexplained.length) throw invalid(unexplained);
    return { actions: given, name: t(ctx, 'macros.bulkName'), macroId: null };
  }

  runOf(ctx: Ctx, { actions, name, macroId }: Wanted): BulkRun {
    const { actor } = ctx;
    const limitedTo =
      actor.kind === 'employee' && actor.apiKeyId
        ? [...new Set(actor.grants.map(({ permission }) => permission))]
        : null;
    return this.db.repo(ctx, BulkRun).create({
      id: newId(),
      name,
      macroId,
      actions,
      isSingle: false,
      state: 'waiting',
      startedById: actor.id,
      locale: ctx.locale,
      limitedTo,
      total: 0,
      done: 0,
      refused: 0,
      undoState: null,
      undone: 0,
      undoRefused: 0,
      createdAt: ctx.now(),
      startedAt: null,
      finishedAt: null,
      undoFinishedAt: null,
    });
  }

  /** The actor's own runs, the newest first. */
  async list(ctx: Ctx, { cursor, limit }: PageQuery): Promise<Page<BulkRun>> {
    const after = decodeCursor(cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const me = params.add(ctx.actor.id);
    const rest = after
      ? ` AND ("createdAt", id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`
      : '';
    const rows = await this.db.query<BulkRun>(
      ctx,
      `SELECT * FROM bulk_run WHERE "startedById" = ${me}::uuid AND NOT "isSingle"${rest} ORDER BY "createdAt" DESC, id DESC LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ createdAt, id }) => keyset(createdAt, id));
  }

  /** A run of the actor's own: others' do not exist for him. */
  async get(ctx: Ctx, id: string): Promise<BulkRun> {
    const run = await this.db.repo(ctx, BulkRun).findOneBy({ id, startedById: ctx.actor.id });
    return run ?? raise(MacroError.runNotFound());
  }

  /** Its tickets in order. One that was never in sight stays a bare id. */
  async rows(ctx: Ctx, id: string, { state, cursor, limit }: ListBulkRows): Promise<Page<RunRowRow>> {
    await this.get(ctx, id);
    const after = decodeCursor(cursor, ['number']);
    const params = new SqlParams();
    const run = params.add(id);
    const where = [`r."runId" = ${run}::uuid`];
    if (state) where.push(`r.state = ANY(${params.add(state)}::text[])`);
    if (after) where.push(`r.position > ${params.add(after[0])}::int`);
    const rows = await this.db.query<RunRowRow>(
      ctx,
      `SELECT r."ticketId", r.position, r.state, r.problems, t.number, t.subject FROM bulk_run_row r
       LEFT JOIN ticket t ON t.id = r."ticketId" AND (r.state IN ('done', 'undone', 'undo_refused') OR ${visibleTo(ctx.actor, params)})
       WHERE ${where.join(' AND ')} ORDER BY r.position LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ position }) => keyset(position));
  }

  private async demandRoom(ctx: TxCtx): Promise<void> {
    // Two starts at once would each find room.
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('bulk ' || $1))`, [ctx.actor.id]);
    const count = await this.db.query(
      ctx,
      `SELECT 1 FROM bulk_run WHERE "startedById" = $1 AND NOT "isSingle" AND state IN ('waiting', 'running') LIMIT $2`,
      [ctx.actor.id, MOST_RUNS],
    );
    if (count.length >= MOST_RUNS) throw MacroError.tooManyRuns({ limit: MOST_RUNS }, { retryAfter: 10 });
  }
}
