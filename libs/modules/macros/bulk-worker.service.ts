import { Injectable } from '@nestjs/common';
import { type Ctx, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Every, Handles, Jobs, type PayloadOf } from '@opora/platform/events';
import { t } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { failPoint } from '@opora/platform/settings';
import { BulkRun } from './bulk-run.entity';
import { runTopics } from './bulk-runs.service';
import { BulkSteps, RunBulk, UndoBulk } from './bulk-steps.service';

/** A lot ends after so many tickets or milliseconds, so that a job never outlives its lease. */
const LOT = 100;
const LOT_MS = 15_000;
const TOLD_EVERY_MS = 700;
const KEPT_DAYS = 30;

/** Goes through runs in the background, lot by lot. A lot that dies in the middle is begun anew and goes on where it was. */
@Injectable()
export class BulkWorker {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly live: Live,
    private readonly steps: BulkSteps,
  ) {}

  @Handles(RunBulk, { transaction: false })
  async run(ctx: Ctx, { runId, lot }: PayloadOf<typeof RunBulk>): Promise<void> {
    const [run] = await this.db.query<BulkRun>(
      ctx,
      `UPDATE bulk_run SET state = 'running', "startedAt" = COALESCE("startedAt", $2) WHERE id = $1 AND state IN ('waiting', 'running') RETURNING *`,
      [runId, ctx.now()],
    );
    if (!run) return;
    const acting = await this.steps.contextOf(ctx, run);
    if (!acting) await this.refuseRest(ctx, run);
    const isOver = !acting || (await this.lot(acting, run, 'run'));
    await this.db.tx(ctx, async (ctx) => {
      if (isOver)
        await this.db.query(
          ctx,
          `UPDATE bulk_run SET state = 'done', "finishedAt" = $2 WHERE id = $1 AND state = 'running'`,
          [runId, ctx.now()],
        );
      else await this.jobs.enqueue(ctx, RunBulk({ runId, lot: lot + 1 }), { key: `${runId}:${lot + 1}` });
      this.live.touch(ctx, runTopics(runId), 'staff');
    });
  }

  @Handles(UndoBulk, { transaction: false })
  async undo(ctx: Ctx, { runId, lot }: PayloadOf<typeof UndoBulk>): Promise<void> {
    const [run] = await this.db.query<BulkRun>(
      ctx,
      `UPDATE bulk_run SET "undoState" = 'running' WHERE id = $1 AND "undoState" IN ('waiting', 'running') RETURNING *`,
      [runId],
    );
    // Whoever has left meanwhile has still asked for it.
    const acting = run && ((await this.steps.contextOf(ctx, run)) ?? { ...systemContext('undo'), locale: run.locale });
    if (!run || !acting) return;
    const isOver = await this.lot(acting, run, 'undo');
    await this.db.tx(ctx, async (ctx) => {
      if (isOver)
        await this.db.query(ctx, `UPDATE bulk_run SET "undoState" = 'done', "undoFinishedAt" = $2 WHERE id = $1`, [
          runId,
          ctx.now(),
        ]);
      else await this.jobs.enqueue(ctx, UndoBulk({ runId, lot: lot + 1 }), { key: `${runId}:${lot + 1}` });
      this.live.touch(ctx, runTopics(runId), 'staff');
    });
  }

  /** Old runs are forgotten with their rows; the histories of the tickets stay. */
  @Every(3600)
  async forget(ctx: Ctx): Promise<void> {
    const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000);
    await this.db.query(
      ctx,
      `DELETE FROM bulk_run WHERE id IN (SELECT id FROM bulk_run WHERE "createdAt" < $1 ORDER BY "createdAt" LIMIT 1000)`,
      [before],
    );
  }

  /** Goes on until nothing waits, which is true, or the lot is full. */
  private async lot(ctx: Ctx, run: BulkRun, going: 'run' | 'undo'): Promise<boolean> {
    const began = performance.now();
    let told = began;
    for (let count = 0; count < LOT && performance.now() - began < LOT_MS; count++) {
      if (!(await this.steps.next(ctx, run, going))) return true;
      failPoint('bulk.after-row');
      if (performance.now() - told < TOLD_EVERY_MS) continue;
      told = performance.now();
      this.live.touch(ctx, runTopics(run.id), 'staff');
    }
    return false;
  }

  private async refuseRest(ctx: Ctx, run: BulkRun): Promise<void> {
    const message = t(run, 'errors.macros.personLeft');
    const problems = JSON.stringify([{ code: 'macros.personLeft', message, pointer: null, action: null }]);
    await this.db.query(
      ctx,
      `WITH rest AS (UPDATE bulk_run_row SET state = 'refused', problems = $2::jsonb WHERE "runId" = $1 AND state = 'waiting' RETURNING 1)
       UPDATE bulk_run SET refused = refused + (SELECT count(*) FROM rest) WHERE id = $1`,
      [run.id, problems],
    );
  }
}
