import { Injectable } from '@nestjs/common';
import { Employees } from '@opora/modules/people';
import { type Ticket, TicketReversal, Tickets } from '@opora/modules/tickets';
import { contextOf, type Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { ProblemError } from '@opora/platform/errors';
import { defineJob } from '@opora/platform/events';
import { t } from '@opora/platform/i18n';
import { log } from '@opora/platform/log';
import { BulkRun, BulkRunRow, type RowState } from './bulk-run.entity';
import { problemWords, type ToldProblem } from './problem-words';
import { TicketActions } from './ticket-actions.service';

/** A lot of a run is to be done, or to be taken back. */
export const RunBulk = defineJob<{ runId: string; lot: number }>('macros.run');
export const UndoBulk = defineJob<{ runId: string; lot: number }>('macros.undo');

type Going = 'run' | 'undo';
/** Collisions with other work, after which the same is tried again. */
const COLLISIONS = ['40P01', '40001', '55P03'];
const MOST_ATTEMPTS = 4;

/** A row's change is over; what it leads to is written with it. */
type Outcome = { state: RowState; problems: ToldProblem[]; columns?: Partial<BulkRunRow> };

/** One ticket of a run at a time, each in a transaction of its own together with the state of its row. */
@Injectable()
export class BulkSteps {
  constructor(
    private readonly db: Db,
    private readonly employees: Employees,
    private readonly tickets: Tickets,
    private readonly reversal: TicketReversal,
    private readonly actions: TicketActions,
  ) {}

  /** In whose name the run acts, with the rights he has now; null when he has none any more. */
  async contextOf(ctx: Ctx, run: BulkRun): Promise<Ctx | null> {
    const actor = await this.employees.loadActor(ctx, run.startedById);
    if (!actor) return null;
    const grants = run.limitedTo
      ? actor.grants.filter(({ permission }) => run.limitedTo!.includes(permission))
      : actor.grants;
    return contextOf(
      { ...actor, grants },
      { locale: run.locale, cause: { kind: 'macro', id: run.id, name: run.name }, requestId: run.id },
    );
  }

  /** Does or takes back the next ticket; false when none is left or the run was stopped. */
  async next(ctx: Ctx, run: BulkRun, going: Going): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      let current: BulkRunRow | undefined;
      try {
        return await this.db.tx(ctx, async (ctx) => {
          current = await this.take(ctx, run.id, going);
          if (!current) return false;
          const outcome = going === 'run' ? await this.perform(ctx, run, current) : await this.takeBack(ctx, current);
          await this.close(ctx, current, going, outcome);
          return true;
        });
      } catch (error) {
        if (!current) throw error;
        if (isCollision(error) && attempt < MOST_ATTEMPTS) continue;
        await this.refuse(ctx, current, going, this.wordsOf(ctx, error));
        return true;
      }
    }
  }

  /** The same for a macro run on one ticket, in the request's own transaction: a refusal refuses the request. */
  async single(ctx: TxCtx, run: BulkRun, ticketId: string): Promise<void> {
    const row = Object.assign(new BulkRunRow(), { runId: run.id, ticketId, position: 1, state: 'waiting' });
    await this.db.repo(ctx, BulkRunRow).insert(row as never);
    await this.close(ctx, row, 'run', await this.perform(ctx, run, row));
  }

  async undoSingle(ctx: TxCtx, run: BulkRun): Promise<BulkRun> {
    const cause = { kind: 'macro' as const, id: run.id, name: run.name };
    await this.next({ ...ctx, cause }, run, 'undo');
    const patch = { undoState: 'done' as const, undoFinishedAt: ctx.now() };
    await this.db.repo(ctx, BulkRun).update({ id: run.id }, patch);
    return this.db.repo(ctx, BulkRun).findOneByOrFail({ id: run.id });
  }

  /** The run is locked first: whoever stops it waits for the ticket at hand, and after that nothing more is done. */
  private async take(ctx: TxCtx, runId: string, going: Going): Promise<BulkRunRow | undefined> {
    const [run] = await this.db.query<{ isGoing: boolean }>(
      ctx,
      `SELECT ${going === 'run' ? `state = 'running'` : `"undoState" IS NOT NULL OR "isSingle"`} AS "isGoing" FROM bulk_run WHERE id = $1 FOR NO KEY UPDATE`,
      [runId],
    );
    if (!run?.isGoing) return undefined;
    const [row] = await this.db.query<BulkRunRow>(
      ctx,
      `SELECT * FROM bulk_run_row WHERE "runId" = $1 AND state = $2 ORDER BY position ${going === 'run' ? 'ASC' : 'DESC'} LIMIT 1 FOR UPDATE`,
      [runId, going === 'run' ? 'waiting' : 'done'],
    );
    return row;
  }

  private async perform(ctx: TxCtx, run: BulkRun, { ticketId }: BulkRunRow): Promise<Outcome> {
    const before = await this.tickets.getForUpdate(ctx, ticketId, null);
    const traces = await this.actions.run(ctx, ticketId, run.actions);
    const after = (await this.reversal.hold(ctx, ticketId)) ?? before;
    const columns = { before: this.reversal.moment(before), after: this.reversal.moment(after), traces };
    return { state: 'done', problems: [], columns };
  }

  private async takeBack(ctx: TxCtx, { ticketId, before, after, traces }: BulkRunRow): Promise<Outcome> {
    const ticket = await this.reversal.hold(ctx, ticketId);
    if (!ticket || isMerged(ticket)) return { state: 'undo_refused', problems: [this.told(ctx, 'ticketGone')] };
    const { kept } = await this.reversal.revert(
      ctx,
      ticket,
      { before: before!, after: after! },
      t(ctx, 'macros.undone'),
    );
    const stays = await this.actions.undo(ctx, ticketId, traces);
    const labels = stays.map(({ action }) => this.actions.find(action)?.label(ctx) ?? action);
    const problems = [
      ...(kept.length ? [this.told(ctx, 'changedSince', kept)] : []),
      ...(labels.length ? [this.told(ctx, 'traceStays', labels)] : []),
    ];
    return { state: problems.length ? 'undo_refused' : 'undone', problems };
  }

  private async close(ctx: TxCtx, { runId, ticketId }: BulkRunRow, going: Going, outcome: Outcome): Promise<void> {
    const { state, problems, columns } = outcome;
    const from = going === 'run' ? 'waiting' : 'done';
    const { affected } = await this.db
      .repo(ctx, BulkRunRow)
      .update({ runId, ticketId, state: from }, { state, problems, ...columns } as never);
    if (!affected) return;
    await this.db.query(ctx, `UPDATE bulk_run SET "${COUNTER[state]}" = "${COUNTER[state]}" + 1 WHERE id = $1`, [
      runId,
    ]);
  }

  private async refuse(ctx: Ctx, row: BulkRunRow, going: Going, problems: ToldProblem[]): Promise<void> {
    const state = going === 'run' ? 'refused' : 'undo_refused';
    await this.db.tx(ctx, async (ctx) => {
      await this.db.query(ctx, 'SELECT 1 FROM bulk_run WHERE id = $1 FOR NO KEY UPDATE', [row.runId]);
      await this.close(ctx, row, going, { state, problems });
    });
  }

  /** A refusal is told as it is; what nobody expected is noted in the log and does not stop the others. */
  private wordsOf(ctx: Ctx, error: unknown): ToldProblem[] {
    if (error instanceof ProblemError) return problemWords(ctx, error);
    if (isAway(error)) throw error;
    log.error(
      { err: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'a row of a bulk run failed',
    );
    return [this.told(ctx, 'actionFailed')];
  }

  private told(ctx: Ctx, name: string, values: readonly string[] = []): ToldProblem {
    const message = t(ctx, `errors.macros.${name}`, { values: values.join(', ') });
    return { code: `macros.${name}`, message, pointer: null, action: null };
  }
}

const COUNTER: Record<RowState, string> = {
  waiting: 'total',
  done: 'done',
  refused: 'refused',
  undone: 'undone',
  undo_refused: 'undoRefused',
};

const isMerged = ({ mergedIntoId }: Ticket): boolean => mergedIntoId !== null;
const codeOf = (error: unknown): string => (error as { driverError?: { code?: string } }).driverError?.code ?? '';
const isCollision = (error: unknown): boolean => COLLISIONS.includes(codeOf(error));
/** The database is away: the job waits for it. */
const isAway = (error: unknown): boolean =>
  /^(08|57P|53)/.test(codeOf(error)) || /ECONN|Connection terminated|timeout exceeded/.test(String(error));
