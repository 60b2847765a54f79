import { CompiledCalendars, type WorkCalendar } from '@opora/modules/sla';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import type { Flow, FlowStep } from './approval-flow';
import { ApprovalNews } from './approval-news.service';
import { actorOf, flowNow, type Held, type NewFact } from './approval-story';
import { dueOf, momentsOf } from './approval-terms';
import { Approval, ApprovalFact, ApprovalStep, type FrozenRoute, type FrozenStage } from './approval.entity';
import { StandIns } from './stand-ins.service';

/** A chain of substitutes ends somewhere. */
const MOST_ROUNDS_OF_STAND_INS = 20;

/** Carries an approval on: from what has happened to whom it asks now, and writes both. */
@Injectable()
export class ApprovalProgress {
  constructor(
    private readonly db: Db,
    private readonly calendars: CompiledCalendars,
    private readonly standIns: StandIns,
    private readonly news: ApprovalNews,
    private readonly live: Live,
  ) {}

  /** Locks an approval and reads its story. Whoever changes one comes through here, so that two decisions never pass each other. */
  async hold(ctx: TxCtx, id: string): Promise<Held | undefined> {
    const approval = await this.db.repo(ctx, Approval).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!approval) return undefined;
    const facts = await this.db.repo(ctx, ApprovalFact).find({ where: { approvalId: id }, order: { seq: 'ASC' } });
    const steps = await this.db.repo(ctx, ApprovalStep).find({ where: { approvalId: id }, order: { id: 'ASC' } });
    return { approval, facts, steps };
  }

  /** Adds what has just happened and everything that follows from it, in the caller's transaction. */
  async apply(ctx: TxCtx, held: Held, happened: readonly NewFact[]): Promise<Flow> {
    const before = stateOf(held);
    const known = held.facts.length;
    for (const fact of happened) this.add(ctx, held, fact);
    let flow = flowNow(held);
    for (let round = 0; round < MOST_ROUNDS_OF_STAND_INS; round++) {
      const fresh = flow.steps.filter((step) => step.state === 'asked' && !rowOf(held, step)?.askedAt);
      const said = await this.standIns.decide(ctx, held, flow, fresh);
      if (!said.length) break;
      for (const fact of said) this.add(ctx, held, fact);
      flow = flowNow(held);
    }
    const added = held.facts.slice(known);
    if (added.length) await this.db.repo(ctx, ApprovalFact).insert(added);
    const asked = await this.writeSteps(ctx, held, flow);
    await this.writeApproval(ctx, held, flow);
    await this.news.tell(ctx, held, { before, added, asked, flow });
    this.touch(ctx, held.approval);
    return flow;
  }

  touch(ctx: Ctx, { id, ticketId }: Pick<Approval, 'id' | 'ticketId'>): void {
    this.live.touch(ctx, ['approvals', `approval:${id}`, ...(ticketId ? [`ticket:${ticketId}`] : [])]);
  }

  private add(ctx: Ctx, { approval, facts }: Held, { kind, data = {}, by }: NewFact): void {
    const who = by === undefined ? actorOf(ctx) : by;
    facts.push(
      Object.assign(new ApprovalFact(), {
        id: newId(),
        approvalId: approval.id,
        seq: facts.length + 1,
        at: ctx.now(),
        kind,
        actorKind: who?.kind ?? 'system',
        actorId: who?.id ?? null,
        data,
      }),
    );
  }

  /** Writes the steps as the flow says they are; answers those that are asked from now on. */
  private async writeSteps(ctx: TxCtx, held: Held, flow: Flow): Promise<ApprovalStep[]> {
    const repo = this.db.repo(ctx, ApprovalStep);
    const calendars = await this.calendarsOf(ctx, held.approval.route);
    const asked: ApprovalStep[] = [];
    for (const step of flow.steps) {
      const row = rowOf(held, step);
      const isNew = step.state === 'asked' && !row?.askedAt;
      const next = nextRow(held, step, row, calendars);
      if (row && JSON.stringify(row) === JSON.stringify(next)) continue;
      if (row) await repo.update({ id: row.id }, next);
      else await repo.insert(next);
      if (row) Object.assign(row, next);
      else held.steps.push(next);
      if (isNew) asked.push(next);
    }
    return asked;
  }

  private async writeApproval(ctx: TxCtx, { approval }: Held, flow: Flow): Promise<void> {
    const changed = {
      state: flow.state,
      round: flow.round,
      stage: flow.stage,
      version: approval.version + 1,
      finishedAt: flow.finishedAt === null ? null : new Date(flow.finishedAt),
    };
    await this.db.repo(ctx, Approval).update({ id: approval.id }, changed);
    Object.assign(approval, changed);
  }

  private async calendarsOf(ctx: Ctx, { stages }: FrozenRoute): Promise<Map<string, WorkCalendar>> {
    const ids = stages.flatMap(({ term }) => (term?.time === 'working' && term.calendarId ? [term.calendarId] : []));
    const found = await this.calendars.current(ctx, ids);
    return new Map([...found].map(([id, { calendar }]) => [id, calendar]));
  }
}

const stateOf = ({ approval }: Held) => ({ state: approval.state, stage: approval.stage, round: approval.round });
const rowOf = ({ steps }: Held, { key }: FlowStep): ApprovalStep | undefined => steps.find((row) => row.key === key);
const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** A row as the flow wants it. The term is counted once, at the asking. */
function nextRow(
  held: Held,
  step: FlowStep,
  row: ApprovalStep | undefined,
  calendars: ReadonlyMap<string, WorkCalendar>,
): ApprovalStep {
  const stage = held.approval.route.stages[step.stage]!;
  const isAsked = step.state === 'asked';
  const term = isAsked && !row?.askedAt ? termOf(stage, step.askedAt!, calendars) : undefined;
  const moments = term?.moments ?? (isAsked ? (row?.moments ?? []) : []);
  const decided = held.facts.findLast(({ kind, data }) => kind === 'decided' && data.step === step.key);
  return Object.assign(new ApprovalStep(), {
    id: row?.id ?? newId(),
    approvalId: held.approval.id,
    key: step.key,
    round: step.round,
    stage: step.stage,
    slot: step.slot,
    generation: step.generation,
    personKind: step.person.kind,
    personId: step.person.id,
    insteadOfId: step.insteadOf?.id ?? null,
    state: step.state,
    askedAt: dateOf(step.askedAt),
    dueAt: term ? dateOf(term.dueAt) : (row?.dueAt ?? null),
    endedAt: dateOf(step.endedAt),
    overdueAt: row?.overdueAt ?? null,
    comment: decided?.data.comment ?? '',
    via: step.state === 'merged' ? 'merged' : (decided?.data.via ?? null),
    moments,
    nextAt: dateOf(moments[0]?.[1] ?? null),
  });
}

function termOf(stage: FrozenStage, askedAt: number, calendars: ReadonlyMap<string, WorkCalendar>) {
  const { term, remindBefore, escalate } = stage;
  const calendar = term?.time === 'working' ? (calendars.get(term.calendarId ?? '') ?? null) : null;
  const times = { term, remindBefore, escalateAfter: escalate?.afterSeconds ?? null };
  return { dueAt: dueOf(askedAt, times, calendar), moments: momentsOf(askedAt, times, calendar) };
}
