import type { Ctx } from '@opora/platform/context';
import { holds } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, type FieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { ApprovalDocuments } from './approval-documents.service';
import type { FlowPerson, FlowStep } from './approval-flow';
import { samePerson } from './approval-flow';
import { ApprovalPlanner, type Plan } from './approval-planner.service';
import { ApprovalProgress } from './approval-progress.service';
import { actorOf, flowNow, type Held } from './approval-story';
import { Approval, ApprovalCopy, type DecisionWay, type FactData } from './approval.entity';
import { ApprovalPermission, reachesAll, visibleTo } from './approvals.access';
import type {
  ApprovalDocumentInput,
  DecideApproval,
  HandOverApproval,
  PlanApproval,
  RecallApproval,
  ResubmitApproval,
  StartApproval,
} from './approvals.dto';
import { ApprovalError } from './approvals.errors';
import { ApproverSearch, unique } from './approver-search.service';
import { moneyOf, moneyText } from './route-choice';

/** Why a decision does not count. */
export type NotAsked =
  'not_yet' | 'decided' | 'not_needed' | 'replaced' | 'returned' | 'recalled' | 'finished' | 'not_you';

/** Requests: begun, decided, sent back, recalled. */
@Injectable()
export class Approvals {
  constructor(
    private readonly db: Db,
    private readonly planner: ApprovalPlanner,
    private readonly progress: ApprovalProgress,
    private readonly documents: ApprovalDocuments,
    private readonly search: ApproverSearch,
  ) {}

  /** What a request would do: its route and why, everybody it comes to, what stands in the way. */
  plan(ctx: Ctx, wanted: PlanApproval): Promise<Plan> {
    return this.planner.plan(ctx, wanted, actorOf(ctx) ?? raise(AccessError.denied()));
  }

  /** Begins a request: the route and its people are found now and stay. `initiator` is for what begins by itself. */
  start(ctx: Ctx, input: StartApproval, initiator: FlowPerson | null = actorOf(ctx)): Promise<string> {
    if (!initiator) throw AccessError.denied();
    return this.db.tx(ctx, async (ctx) => {
      const plan = await this.planner.plan(ctx, input, initiator);
      if (plan.problems.length) throw refused(plan.problems, plan.facts);
      const approval = await this.insert(ctx, input, plan, initiator);
      await this.documents.add(ctx, approval, input.documents ?? []);
      const readers = unique(plan.copies).map(({ id }) => ({ approvalId: approval.id, employeeId: id }));
      if (readers.length) await this.db.repo(ctx, ApprovalCopy).insert(readers);
      await this.progress.apply(ctx, { approval, facts: [], steps: [] }, [{ kind: 'started', by: initiator }]);
      return approval.id;
    });
  }

  /** A decision of the person who is asked. */
  decide(ctx: Ctx, key: string, input: DecideApproval, via: DecisionWay = 'app'): Promise<string> {
    return this.db.tx(ctx, async (ctx) => {
      const person = actorOf(ctx) ?? raise(AccessError.denied());
      const held = await this.holdAsParty(ctx, key, person);
      const step = this.stepOf(held, person, input.stepId ?? null);
      await this.documents.add(ctx, held.approval, input.documents ?? []);
      await this.decideStep(ctx, held, step, person, input, via);
      return held.approval.id;
    });
  }

  /** The same where the step is known and the person proved by a link. */
  async decideStep(
    ctx: TxCtx,
    held: Held,
    step: FlowStep,
    person: FlowPerson,
    { decision, comment = '' }: Pick<DecideApproval, 'decision' | 'comment'>,
    via: DecisionWay,
  ): Promise<void> {
    const stage = held.approval.route.stages[step.stage]!;
    if (decision === 'return' && !stage.allowsReturn) throw fieldProblem('/decision', 'approvals.returnNotAllowed');
    if (decision !== 'approve' && !comment) throw fieldProblem('/comment', 'approvals.commentRequired');
    if (decision === 'approve') await this.documents.demand(ctx, held.approval, stage);
    const data = { step: step.key, decision, comment, via };
    await this.progress.apply(ctx, held, [{ kind: 'decided', data, by: person }]);
  }

  /** What was sent back goes on: with documents where it stopped, with other words or another amount from the beginning. */
  resubmit(ctx: Ctx, key: string, input: ResubmitApproval): Promise<string> {
    return this.db.tx(ctx, async (ctx) => {
      const held = await this.holdVisible(ctx, key);
      const { approval } = held;
      this.demandInitiator(ctx, approval);
      if (approval.state !== 'returned') throw ApprovalError.notReturned({}, { state: approval.state });
      const changed = await this.change(ctx, approval, input);
      await this.documents.add(ctx, approval, input.documents ?? []);
      const fromStart = Object.keys(changed).length > 0;
      const data = { fromStart, changed, comment: input.comment ?? '' };
      await this.progress.apply(ctx, held, [{ kind: 'resubmitted', data }]);
      return approval.id;
    });
  }

  /** The initiator takes it back; whoever may act for others can, too. */
  recall(ctx: Ctx, key: string, { reason = '' }: RecallApproval): Promise<string> {
    return this.db.tx(ctx, async (ctx) => {
      const held = await this.holdVisible(ctx, key);
      const { approval } = held;
      if (!this.mayActFor(ctx)) this.demandInitiator(ctx, approval);
      if (approval.finishedAt) throw ApprovalError.isOver({}, { state: approval.state });
      await this.progress.apply(ctx, held, [{ kind: 'recalled', data: { comment: reason } }]);
      return approval.id;
    });
  }

  /** One's own step, or anybody's with the permission, goes over to a colleague. */
  handOver(ctx: Ctx, key: string, { employeeId, stepId, reason = '' }: HandOverApproval): Promise<string> {
    return this.db.tx(ctx, async (ctx) => {
      const held = await this.holdVisible(ctx, key);
      const person = actorOf(ctx) ?? raise(AccessError.denied());
      const step = this.stepOf(held, stepId && this.mayActFor(ctx) ? null : person, stepId ?? null);
      if (step.person.kind === 'contact') throw fieldProblem('/stepId', 'approvals.clientStep');
      const next: FlowPerson = { kind: 'employee', id: employeeId };
      const { initiatorId, initiatorKind } = held.approval;
      if (samePerson(next, { kind: initiatorKind, id: initiatorId }))
        throw fieldProblem('/employeeId', 'approvals.initiatorAsked');
      const there = await this.search.whoIsThere(ctx, [employeeId]);
      if (!there.has(employeeId)) throw fieldProblem('/employeeId', 'approvals.employeeUnknown');
      const flow = flowNow(held);
      const isBusy = flow.steps.some(
        (other) => other.round === step.round && other.stage === step.stage && samePerson(other.person, next),
      );
      if (isBusy) throw fieldProblem('/employeeId', 'approvals.alreadyInStage');
      const data = { step: step.key, person: next, why: 'by_hand' as const, comment: reason };
      await this.progress.apply(ctx, held, [{ kind: 'replaced', data }]);
      return held.approval.id;
    });
  }

  addDocument(ctx: Ctx, key: string, document: ApprovalDocumentInput): Promise<string> {
    return this.db.tx(ctx, async (ctx) => {
      const held = await this.holdVisible(ctx, key);
      this.documents.demandMayAdd(ctx, held);
      await this.documents.add(ctx, held.approval, [document], () => '');
      this.progress.touch(ctx, held.approval);
      return held.approval.id;
    });
  }

  removeDocument(ctx: Ctx, key: string, documentId: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const held = await this.holdVisible(ctx, key);
      await this.documents.remove(ctx, held, documentId);
      this.progress.touch(ctx, held.approval);
    });
  }

  /** Locks an approval that the actor may see. */
  async holdVisible(ctx: TxCtx, key: string): Promise<Held> {
    const id = (await this.idOf(ctx, key)) ?? raise(ApprovalError.notFound());
    return (await this.progress.hold(ctx, id)) ?? raise(ApprovalError.notFound());
  }

  /** The id of an approval the actor may see. */
  async idOf(ctx: Ctx, key: string): Promise<string | undefined> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ id: string }>(
      ctx,
      `SELECT a.id FROM approval a WHERE ${byKey(key, params)} AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return row?.id;
  }

  /** For whoever is somewhere on the way: told that it is not his turn yet, where he does not see it. */
  private async holdAsParty(ctx: TxCtx, key: string, person: FlowPerson): Promise<Held> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ id: string; isVisible: boolean }>(
      ctx,
      `SELECT a.id, ${visibleTo(ctx.actor, params)} AS "isVisible" FROM approval a WHERE ${byKey(key, params)}`,
      params.values,
    );
    const held = row && (await this.progress.hold(ctx, row.id));
    const isParty = held?.approval.route.stages.some(({ people }) => people.some((one) => samePerson(one, person)));
    return held && (row.isVisible || isParty) ? held : raise(ApprovalError.notFound());
  }

  /** The asked step of a person (anybody's with null); refuses with the reason where there is none. */
  stepOf(held: Held, person: FlowPerson | null, stepId: string | null): FlowStep {
    const { steps, approval } = held;
    const key =
      stepId && (steps.find(({ id }) => id === stepId)?.key ?? raise(fieldProblem('/stepId', 'approvals.stepUnknown')));
    const flow = flowNow(held);
    const isMeant = (step: FlowStep): boolean =>
      (!key || step.key === key) && (!person || samePerson(step.person, person));
    const step = flow.steps.find((one) => one.state === 'asked' && isMeant(one));
    if (step && approval.state === 'waiting') return step;
    const reason = this.whyNot(held, flow.steps.filter(isMeant), person);
    throw ApprovalError.notAsked({ reason }, { reason, state: approval.state });
  }

  private whyNot({ approval }: Held, own: readonly FlowStep[], person: FlowPerson | null): NotAsked {
    if (approval.state === 'recalled') return 'recalled';
    if (approval.state === 'returned') return 'returned';
    const last = own[own.length - 1];
    if (last && ['approved', 'declined', 'returned', 'merged'].includes(last.state)) return 'decided';
    if (approval.finishedAt) return 'finished';
    if (last?.state === 'not_needed') return 'not_needed';
    if (last?.state === 'replaced') return 'replaced';
    const isLater = approval.route.stages.some(({ people }) => person && people.some((one) => samePerson(one, person)));
    return isLater ? 'not_yet' : 'not_you';
  }

  mayActFor = (ctx: Ctx): boolean => reachesAll(ctx.actor, ApprovalPermission.act_for);

  private demandInitiator(ctx: Ctx, { initiatorId, initiatorKind }: Approval): void {
    const person = actorOf(ctx);
    if (!person || !samePerson(person, { kind: initiatorKind, id: initiatorId })) throw AccessError.denied();
  }

  private async insert(ctx: TxCtx, input: StartApproval, plan: Plan, initiator: FlowPerson): Promise<Approval> {
    const [row] = await this.db.query<{ number: number }>(ctx, `SELECT nextval('approval_numbers')::int AS number`);
    const approval = Object.assign(new Approval(), {
      id: newId(),
      number: row!.number,
      kindId: plan.kindId!,
      routeId: plan.route!.id,
      routeVersion: plan.route!.version,
      title: input.title,
      text: input.text ?? '',
      amount: plan.amount,
      currency: plan.currency,
      date: plan.date,
      choice: plan.choice,
      route: plan.frozen!,
      initiatorKind: initiator.kind,
      initiatorId: initiator.id,
      ticketId: plan.ticketId,
      basedOnId: plan.basedOnId,
      state: 'waiting' as const,
      round: 1,
      stage: 0,
      version: 0,
      createdAt: ctx.now(),
      finishedAt: null,
      sheet: null,
      sheetHash: null,
      sheetFileId: null,
    });
    await this.db.repo(ctx, Approval).insert(approval);
    return approval;
  }

  /** Writes what a resubmission changes; the amount must still lead to the same route. */
  private async change(ctx: TxCtx, approval: Approval, input: ResubmitApproval) {
    const amount = input.amount === undefined ? approval.amount : input.amount === null ? null : moneyOf(input.amount)!;
    const { title = approval.title, text = approval.text } = input;
    if (amount !== approval.amount && approval.choice.by === 'kind') {
      const { kindId, currency, date } = approval;
      const wanted = { kindId, currency, date, amount: amount === null ? null : moneyText(amount) };
      const { route } = await this.planner.plan(ctx, wanted, {
        kind: approval.initiatorKind,
        id: approval.initiatorId,
      });
      if (route?.id !== approval.routeId) throw fieldProblem('/amount', 'approvals.routeWouldChange');
    }
    const next = { title, text, amount };
    const changed: NonNullable<FactData['changed']> = {};
    for (const [field, value] of Object.entries(next)) {
      const before = approval[field as keyof typeof next];
      if (before !== value) changed[field] = [before, value];
    }
    await this.db.repo(ctx, Approval).update({ id: approval.id }, next);
    Object.assign(approval, next);
    return changed;
  }
}

export const byKey = (key: string, params: SqlParams): string =>
  /^\d+$/.test(key) ? `a.number = ${params.add(Number(key))}::int` : `a.id = ${params.add(key)}::uuid`;

const refused = (fields: FieldProblem[], facts: Record<string, string>): ProblemError =>
  new ProblemError('request.invalid', 422, facts, {}, fields);

/** Whether somebody may begin requests at all. */
export const mayStart = ({ actor }: Ctx): boolean => holds(actor, ApprovalPermission.start);
