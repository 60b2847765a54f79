import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Jobs } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { BulkRun } from './bulk-run.entity';
import { undoUntilOf } from './bulk-runs.dto';
import { BulkRuns, runTopics } from './bulk-runs.service';
import { BulkSteps, UndoBulk } from './bulk-steps.service';
import { MacroError } from './macros.errors';

/** Stopping a run and taking it back. */
@Injectable()
export class BulkEnds {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly live: Live,
    private readonly runs: BulkRuns,
    private readonly steps: BulkSteps,
  ) {}

  /** Stops it: what is done stays done. */
  cancel(ctx: Ctx, id: string): Promise<BulkRun> {
    return this.db.tx(ctx, async (ctx) => {
      const run = await this.hold(ctx, id);
      if (run.state === 'cancelled') return run;
      if (run.state === 'done') throw MacroError.runOver();
      return this.save(ctx, run, { state: 'cancelled', finishedAt: ctx.now() });
    });
  }

  /** Begins to take everything back; a macro's run on one ticket is taken back at once. */
  undo(ctx: Ctx, id: string): Promise<BulkRun> {
    return this.db.tx(ctx, async (ctx) => {
      const run = await this.hold(ctx, id);
      const until = undoUntilOf(run);
      if (!until) throw MacroError.runGoesOn();
      if (run.undoState) throw MacroError.undoBegun();
      if (!run.done) throw MacroError.nothingToUndo();
      if (until < ctx.now()) throw MacroError.undoTooLate();
      if (run.isSingle) return this.steps.undoSingle(ctx, run);
      await this.jobs.enqueue(ctx, UndoBulk({ runId: id, lot: 0 }), { key: `${id}:0` });
      return this.save(ctx, run, { undoState: 'waiting' });
    });
  }

  private async hold(ctx: TxCtx, id: string): Promise<BulkRun> {
    await this.runs.get(ctx, id);
    const lock = { mode: 'for_no_key_update' as const };
    return (await this.db.repo(ctx, BulkRun).findOne({ where: { id }, lock })) ?? raise(MacroError.runNotFound());
  }

  private async save(ctx: TxCtx, run: BulkRun, patch: Partial<BulkRun>): Promise<BulkRun> {
    await this.db.repo(ctx, BulkRun).update({ id: run.id }, patch as never);
    this.live.touch(ctx, runTopics(run.id), 'staff');
    return Object.assign(run, patch);
  }
}
