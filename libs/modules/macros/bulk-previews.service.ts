import { Injectable } from '@nestjs/common';
import { visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { ProblemError } from '@opora/platform/errors';
import { type BulkChangeView, type BulkPreviewView, type PreviewBulkRun, toBulkRowView } from './bulk-runs.dto';
import { BulkRuns } from './bulk-runs.service';
import { BulkSelections } from './bulk-selection.service';
import { problemWords, type ToldProblem } from './problem-words';
import { type ActionsPreview, TicketActions } from './ticket-actions.service';

/** Tickets a preview looks at, and how long it may take. */
const MOST_CHECKED = 500;
const MOST_MS = 30_000;
const AT_ONCE = 3;
const MOST_LINES = 100;
const SAMPLE = 50;

type Refused = { ticketId: string; problems: ToldProblem[] };

/** What a run would do, found by doing it and rolling it back, ticket by ticket. */
@Injectable()
export class BulkPreviews {
  constructor(
    private readonly db: Db,
    private readonly runs: BulkRuns,
    private readonly selections: BulkSelections,
    private readonly actions: TicketActions,
  ) {}

  async preview(ctx: Ctx, input: PreviewBulkRun): Promise<BulkPreviewView> {
    const { actions, name, macroId } = await this.runs.wanted(ctx, input);
    // The name of a macro is a reason in the run, so it is here.
    const cause = { kind: 'macro' as const, id: macroId ?? '', name };
    const ids = await this.selections.ids(ctx, input.selection);
    const began = performance.now();
    const changes = new Map<string, BulkChangeView>();
    const refused: Refused[] = [];
    let checked = 0;
    const queue = ids.slice(0, MOST_CHECKED);
    const look = async (): Promise<void> => {
      for (let ticketId = queue.shift(); ticketId && performance.now() - began < MOST_MS; ticketId = queue.shift()) {
        const { lines, problems } = await this.look({ ...ctx, cause }, ticketId, actions);
        checked++;
        // A ticket is changed by all of the actions or by none.
        if (problems.length) refused.push({ ticketId, problems });
        else for (const line of lines) count(changes, line);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, look));
    const told = [...changes.values()].sort((a, b) => b.count - a.count).slice(0, MOST_LINES);
    const places = new Map(ids.map((id, place) => [id, place]));
    refused.sort((a, b) => places.get(a.ticketId)! - places.get(b.ticketId)!);
    const sample = await this.named(ctx, refused.slice(0, SAMPLE));
    return { total: ids.length, checked, changes: told, refused: { count: refused.length, sample } };
  }

  private async look(
    ctx: Ctx,
    ticketId: string,
    actions: Parameters<TicketActions['preview']>[2],
  ): Promise<ActionsPreview> {
    try {
      return await this.actions.preview(ctx, ticketId, actions);
    } catch (error) {
      if (error instanceof ProblemError) return { lines: [], problems: problemWords(ctx, error) };
      throw error;
    }
  }

  private async named(ctx: Ctx, refused: readonly Refused[]): Promise<BulkPreviewView['refused']['sample']> {
    const params = new SqlParams();
    const rows = await this.db.query<{ id: string; number: number; subject: string }>(
      ctx,
      `SELECT t.id, t.number, t.subject FROM ticket t WHERE t.id = ANY(${params.add(refused.map(({ ticketId }) => ticketId))}::uuid[]) AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return refused.map(({ ticketId, problems }) => {
      const row = rows.find(({ id }) => id === ticketId);
      const { number = null, subject = null } = row ?? {};
      return toBulkRowView(ctx, { ticketId, number, subject, state: 'refused', problems });
    });
  }
}

function count(changes: Map<string, BulkChangeView>, { label, before, after }: ActionsPreview['lines'][number]): void {
  const key = `${label}\n${after ?? ''}`;
  const known = changes.get(key);
  if (!known) return void changes.set(key, { label, before, after, isBeforeMixed: false, count: 1 });
  known.count++;
  if (known.before === before && !known.isBeforeMixed) return;
  Object.assign(known, { before: null, isBeforeMixed: true });
}
