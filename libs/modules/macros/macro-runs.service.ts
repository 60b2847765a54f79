import { Injectable } from '@nestjs/common';
import { Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { BulkRun } from './bulk-run.entity';
import { type MacroRunView, undoUntilOf } from './bulk-runs.dto';
import { BulkRuns } from './bulk-runs.service';
import { BulkSteps } from './bulk-steps.service';
import { Macros } from './macros.service';
import { problemWords } from './problem-words';
import { type ActionsPreview, TicketActions } from './ticket-actions.service';
import { invalid } from '@opora/platform/http';

/** Macros on one ticket. */
@Injectable()
export class MacroRuns {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly macros: Macros,
    private readonly runs: BulkRuns,
    private readonly steps: BulkSteps,
    private readonly actions: TicketActions,
  ) {}

  /** What the macro would do to the ticket, and everything that refuses it. */
  async preview(ctx: Ctx, id: string, key: string): Promise<ActionsPreview> {
    const macro = await this.macros.get(ctx, id);
    const ticketId = await this.tickets.idOf(ctx, key);
    const cause = { kind: 'macro' as const, id, name: macro.name };
    const preview = await this.actions.preview({ ...ctx, cause }, ticketId, macro.actions);
    if (!macro.problems.length) return preview;
    // What the macro names and is gone is told as such, not as what the run would make of it.
    const stale = problemWords(ctx, invalid(macro.problems)).map((each) => ({
      ...each,
      action: actionOf(each.pointer),
    }));
    const others = preview.problems.filter(({ action }) => !stale.some((each) => each.action === action));
    return { lines: preview.lines, problems: [...stale, ...others] };
  }

  /** Does it all or nothing; a refusal says which action it is of. */
  run(ctx: Ctx, id: string, key: string): Promise<MacroRunView> {
    return this.db.tx(ctx, async (ctx) => {
      const { actions, name } = await this.macros.getSound(ctx, id);
      const ticketId = await this.tickets.idOf(ctx, key);
      const now = ctx.now();
      const run = Object.assign(this.runs.runOf(ctx, { actions, name, macroId: id }), {
        isSingle: true,
        state: 'done' as const,
        total: 1,
        startedAt: now,
        finishedAt: now,
      });
      await this.db.repo(ctx, BulkRun).insert(run as never);
      await this.steps.single({ ...ctx, cause: { kind: 'macro', id: run.id, name } }, run, ticketId);
      const { number, version } = await this.tickets.getUnchecked(ctx, ticketId);
      return { runId: run.id, ticket: { id: ticketId, number, version }, undoUntil: undoUntilOf(run)!.toISOString() };
    });
  }
}

const actionOf = (pointer: string | null): number | null =>
  Number(/^\/actions\/(\d+)/.exec(pointer ?? '')?.[1] ?? NaN) || (pointer?.startsWith('/actions/0') ? 0 : null);
