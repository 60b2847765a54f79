import { Injectable } from '@nestjs/common';
import { TicketReversal, Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { type FieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { ActionReferences } from './action-references.service';
import { paramProblems } from './action-params';
import { MacroError } from './macros.errors';
import { problemWords, repointed, type ToldProblem } from './problem-words';
import type { ActionLine, ActionPlace, ActionTrace, StoredAction, TicketAction } from './ticket-action';

export const MAX_ACTIONS = 20;

/** What actions would do to one ticket, and what would refuse them. */
export type ActionsPreview = { lines: ActionLine[]; problems: ToldProblem[] };
/** The actions of a run that did something beside fields, by their place in the list. */
export type RunTraces = { index: number; action: string; trace: ActionTrace }[];

/** Carries nothing out: what was done for a preview is rolled back by it. */
class Foreseen extends Error {
  constructor(readonly preview: ActionsPreview) {
    super('foreseen');
  }
}

/** What can be done to tickets by macros, rules and bulk runs. */
@Injectable()
export class TicketActions {
  private readonly actions = new Map<string, TicketAction>();

  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly reversal: TicketReversal,
    private readonly references: ActionReferences,
  ) {}

  /** Adds an action; called in `onModuleInit` of the module that brings it. */
  register(action: TicketAction): void {
    if (this.actions.has(action.name)) throw new Error(`the action ${action.name} is registered twice`);
    this.actions.set(action.name, action);
  }

  find(name: string): TicketAction | undefined {
    return this.actions.get(name);
  }

  /** What may stand in a macro, a rule, a bulk run. */
  offered(place: ActionPlace): TicketAction[] {
    return [...this.actions.values()].filter(({ isFor }) => !isFor || isFor.includes(place));
  }

  /** Everything that is wrong with a list of actions, archived rows it names included. `pointer` is the list's field. */
  async problems(
    ctx: Ctx,
    list: readonly StoredAction[],
    { pointer = '/actions', place }: { pointer?: string; place: ActionPlace },
  ): Promise<FieldProblem[]> {
    if (!list.length) return [{ pointer, code: 'macros.actionsRequired', message: '' }];
    if (list.length > MAX_ACTIONS) return [{ pointer, code: 'macros.tooManyActions', message: '' }];
    const problems = await this.problemsOfEach(ctx, list, place, pointer);
    return problems.length ? problems : this.references.problems(ctx, list, (name) => this.find(name), pointer);
  }

  /** The same of several kept lists, whose references are looked up at once. */
  async problemsOfMany(
    ctx: Ctx,
    lists: readonly { actions: StoredAction[] }[],
    place: ActionPlace,
  ): Promise<FieldProblem[][]> {
    const own: FieldProblem[][] = [];
    for (const { actions } of lists) own.push(await this.problemsOfEach(ctx, actions, place, '/actions'));
    const all = lists.flatMap(({ actions }) => actions);
    const gone = await this.references.problems(ctx, all, (name) => this.find(name), '');
    let from = 0;
    return lists.map(({ actions }, index) => {
      const first = from;
      from += actions.length;
      const mine = gone.flatMap((problem) => {
        const [, place = '', rest = ''] = /^\/(\d+)(.*)$/.exec(problem.pointer) ?? [];
        const at = Number(place) - first;
        return at >= 0 && at < actions.length ? [{ ...problem, pointer: `/actions/${at}${rest}` }] : [];
      });
      return [...own[index]!, ...mine];
    });
  }

  private async problemsOfEach(
    ctx: Ctx,
    list: readonly StoredAction[],
    place: ActionPlace,
    pointer: string,
  ): Promise<FieldProblem[]> {
    const problems: FieldProblem[] = [];
    for (const [index, { action: name, params }] of list.entries()) {
      const action = this.offered(place).find((known) => known.name === name);
      const at = `${pointer}/${index}`;
      if (!action) {
        problems.push({ pointer: `${at}/action`, code: 'macros.actionUnknown', message: '' });
        continue;
      }
      const wrong = await paramProblems(ctx, action, params);
      const further = wrong.length ? [] : ((await action.check?.(ctx, params)) ?? []);
      for (const each of [...wrong, ...further]) problems.push({ ...each, pointer: `${at}/params${each.pointer}` });
    }
    return problems;
  }

  /** Does all of them, one after the other, in the caller's transaction: a refusal of one is a refusal of all. */
  async run(ctx: TxCtx, ticketId: string, list: readonly StoredAction[]): Promise<RunTraces> {
    const traces: RunTraces = [];
    for (const [index, { action: name, params }] of list.entries()) {
      const action = this.find(name) ?? raise(MacroError.actionGone({ name: name.slice(0, 60) }, { action: index }));
      const trace = await action.run(ctx, ticketId, params).catch((error: unknown) => raise(placed(error, index)));
      if (trace) traces.push({ index, action: name, trace });
    }
    return traces;
  }

  /**
   * What they would do to this ticket: each is run in a transaction that is rolled back, so that guards, rights and what one action means
   * for the next are those of the run itself. A refused one does not stop the others from being looked at.
   */
  async preview(ctx: Ctx, ticketId: string, list: readonly StoredAction[]): Promise<ActionsPreview> {
    const { tx: _, ...free } = ctx;
    try {
      return await this.db.tx(free, async (ctx) => raise(new Foreseen(await this.foresee(ctx, ticketId, list))));
    } catch (error) {
      if (error instanceof Foreseen) return error.preview;
      throw error;
    }
  }

  /** Takes back what a run did beside fields, the last first; answers the places of those that stay done. */
  async undo(ctx: TxCtx, ticketId: string, traces: RunTraces): Promise<RunTraces> {
    const kept: RunTraces = [];
    for (const done of [...traces].reverse()) {
      const action = this.find(done.action);
      const isUndone = (await action?.undo?.(ctx, ticketId, done.trace)) ?? false;
      if (!isUndone) kept.push(done);
    }
    return kept;
  }

  private async foresee(ctx: TxCtx, ticketId: string, list: readonly StoredAction[]): Promise<ActionsPreview> {
    const { id, version } = await this.tickets.getForUpdate(ctx, ticketId, null);
    const problems: ToldProblem[] = [];
    const words: ActionLine[] = [];
    for (const [index, { action: name, params }] of list.entries()) {
      await this.db.query(ctx, 'SAVEPOINT action');
      try {
        const action = this.find(name) ?? raise(MacroError.actionGone({ name: name.slice(0, 60) }, { action: index }));
        words.push(...((await action.preview?.(ctx, id, params)) ?? []));
        await action.run(ctx, id, params);
        await this.db.query(ctx, 'RELEASE SAVEPOINT action');
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        await this.db.query(ctx, 'ROLLBACK TO SAVEPOINT action');
        problems.push(...problemWords(ctx, placed(error, index)));
      }
    }
    const changed = await this.reversal.lines(ctx, id, version);
    const fields = changed.map(({ label, beforeText, afterText }) => ({ label, before: beforeText, after: afterText }));
    return { lines: [...fields, ...words], problems };
  }
}

/** A problem says which of the actions it is of. */
function placed(error: unknown, index: number): ProblemError {
  const told = repointed(error, (pointer) => `/actions/${index}/params${pointer}`);
  return new ProblemError(told.code, told.status, told.facts, { ...told.members, action: index }, told.fields);
}
