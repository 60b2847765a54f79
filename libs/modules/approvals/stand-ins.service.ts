import { Absences } from '@opora/modules/people';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { type Flow, type FlowPerson, type FlowStep, samePerson } from './approval-flow';
import type { Held, NewFact } from './approval-story';
import type { FrozenStage } from './approval.entity';
import { ApproverSearch } from './approver-search.service';

/** Who decides in place of somebody who is away, has left or lets his term pass. */
@Injectable()
export class StandIns {
  constructor(
    private readonly db: Db,
    private readonly absences: Absences,
    private readonly search: ApproverSearch,
  ) {}

  /** What becomes of people who are to be asked now: those who have left always give way, the absent where the stage says so. */
  async decide(ctx: Ctx, held: Held, flow: Flow, fresh: readonly FlowStep[]): Promise<NewFact[]> {
    const facts: NewFact[] = [];
    const taken: FlowPerson[] = [];
    const there = await this.whoIsThere(ctx, fresh);
    for (const step of fresh) {
      const stage = held.approval.route.stages[step.stage]!;
      const hasLeft = !there.has(step.person.id);
      if (hasLeft) {
        const person = await this.inPlaceOf(ctx, held, flow, step, taken);
        if (person) facts.push(replaced(step, person, 'left'));
        else if (!isKnownStuck(held, step)) facts.push({ kind: 'stuck', data: { step: step.key }, by: null });
        if (person) taken.push(person);
        continue;
      }
      if (step.person.kind === 'contact' || !delegates(stage, 'absent')) continue;
      const { isAway, employeeId } = await this.absences.standIn(ctx, step.person.id);
      if (!isAway) continue;
      const wished = employeeId && employeeId !== step.person.id ? employeeId : null;
      const person = await this.inPlaceOf(ctx, held, flow, step, taken, wished);
      if (person) facts.push(replaced(step, person, 'absent'));
      if (person) taken.push(person);
    }
    return facts;
  }

  /** The one to whom a late step goes, where its stage says so. */
  async afterTerm(ctx: Ctx, held: Held, flow: Flow, step: FlowStep): Promise<NewFact[]> {
    const stage = held.approval.route.stages[step.stage]!;
    if (step.person.kind === 'contact' || !delegates(stage, 'overdue')) return [];
    const { isAway, employeeId } = await this.absences.standIn(ctx, step.person.id);
    const wished = isAway && employeeId !== step.person.id ? employeeId : null;
    const person = await this.inPlaceOf(ctx, held, flow, step, [], wished);
    return person ? [replaced(step, person, 'overdue')] : [];
  }

  /** His substitute, else his manager and so on upwards, else whom the stage tells of delays. Nobody twice in a stage, never the initiator. */
  private async inPlaceOf(
    ctx: Ctx,
    held: Held,
    flow: Flow,
    step: FlowStep,
    taken: readonly FlowPerson[],
    wished: string | null = null,
  ): Promise<FlowPerson | undefined> {
    const { approval } = held;
    if (step.person.kind === 'contact') return undefined;
    const manager = await this.search.managerOf(ctx, step.person.id);
    const next = manager ? await this.search.managerOf(ctx, manager) : null;
    const stage = approval.route.stages[step.stage]!;
    const candidates = [wished, manager, next, ...stage.escalateTo.map(({ id }) => id)].filter((id) => id !== null);
    const there = await this.search.whoIsThere(ctx, candidates);
    const busy = flow.steps
      .filter((other) => other.stage === step.stage && other.round === step.round)
      .map(({ person }) => person);
    const initiator: FlowPerson = { kind: approval.initiatorKind, id: approval.initiatorId };
    return candidates
      .map((id): FlowPerson => ({ kind: 'employee', id }))
      .find((one) => there.has(one.id) && ![...busy, ...taken, initiator].some((other) => samePerson(one, other)));
  }

  private async whoIsThere(ctx: Ctx, steps: readonly FlowStep[]): Promise<Set<string>> {
    const ids = (kind: FlowPerson['kind']): string[] =>
      steps.filter(({ person }) => person.kind === kind).map(({ person }) => person.id);
    const contacts = ids('contact');
    const there = await this.search.whoIsThere(ctx, ids('employee'));
    if (!contacts.length) return there;
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM contact WHERE id = ANY($1::uuid[]) AND "archivedAt" IS NULL`,
      [contacts],
    );
    return new Set([...there, ...rows.map(({ id }) => id)]);
  }
}

const delegates = ({ delegate }: FrozenStage, when: 'absent' | 'overdue'): boolean =>
  delegate === when || delegate === 'both';
const isKnownStuck = ({ facts }: Held, { key }: FlowStep): boolean =>
  facts.some(({ kind, data }) => kind === 'stuck' && data.step === key);
const replaced = (step: FlowStep, person: FlowPerson, why: 'absent' | 'overdue' | 'left'): NewFact => ({
  kind: 'replaced',
  data: { step: step.key, person, why },
  by: null,
});
