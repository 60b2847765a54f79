import { Roles } from '@opora/modules/people';
import type { TxCtx } from '@opora/platform/db';
import { Db, newId } from '@opora/platform/db';
import { Events, Jobs } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import type { ApprovalState, Flow, FlowPerson } from './approval-flow';
import { MakeSheet, NoteOnTicket } from './approval-jobs';
import type { Held } from './approval-story';
import { Approval, type ApprovalFact, type ApprovalStep, ApprovalTask } from './approval.entity';
import { ApprovalPermission } from './approvals.access';
import {
  ApprovalAsked,
  ApprovalDecided,
  type ApprovalFacts,
  ApprovalFinished,
  ApprovalReturned,
  ApprovalStuck,
  ApprovalTaskGiven,
} from './approvals.events';
import { unique } from './approver-search.service';

export type Step = {
  before: { state: ApprovalState; round: number };
  added: readonly ApprovalFact[];
  asked: readonly ApprovalStep[];
  flow: Flow;
};

export const initiatorOf = ({ initiatorKind, initiatorId }: Approval): FlowPerson => ({
  kind: initiatorKind,
  id: initiatorId,
});
export const personOf = ({ personKind, personId }: Pick<ApprovalStep, 'personKind' | 'personId'>): FlowPerson => ({
  kind: personKind,
  id: personId,
});
const whoDid = ({ actorKind, actorId }: ApprovalFact): FlowPerson | null =>
  actorKind === 'system' ? null : { kind: actorKind, id: actorId! };

export const factsOf = (
  { id, number, title, ticketId }: Approval,
  to: FlowPerson[],
  by: FlowPerson | null,
): ApprovalFacts => ({
  approvalId: id,
  number,
  title,
  ticketId,
  to,
  by,
});

/** Tells the house what has become of an approval, in the transaction in which it did. */
@Injectable()
export class ApprovalNews {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly roles: Roles,
  ) {}

  async tell(ctx: TxCtx, held: Held, step: Step): Promise<void> {
    const { approval } = held;
    const initiator = initiatorOf(approval);
    const last = step.added[step.added.length - 1];
    const by = last ? whoDid(last) : null;
    for (const fact of step.added) await this.tellFact(ctx, held, fact, initiator);
    if (step.asked.length)
      await this.events.publish(
        ctx,
        ApprovalAsked({
          ...factsOf(approval, step.asked.map(personOf), by),
          stepIds: step.asked.map(({ id }) => id),
          dueAt: step.asked.map(({ dueAt }) => dueAt?.toISOString() ?? null),
        }),
      );
    const isFirst = step.added.some(({ kind }) => kind === 'started');
    if (approval.ticketId && (isFirst || approval.state !== step.before.state))
      await this.jobs.enqueue(ctx, NoteOnTicket({ approvalId: approval.id, state: approval.state }));
    if (step.flow.finishedAt !== null) await this.finish(ctx, held, initiator, by);
  }

  private async tellFact(
    ctx: TxCtx,
    { approval, steps }: Held,
    fact: ApprovalFact,
    initiator: FlowPerson,
  ): Promise<void> {
    const by = whoDid(fact);
    const { decision, comment = '', step: key } = fact.data;
    if (fact.kind === 'decided' && decision) {
      const about = factsOf(approval, [initiator], by);
      await this.events.publish(ctx, ApprovalDecided({ ...about, decision, comment, stage: stageOf(key) }));
      if (decision === 'return') await this.events.publish(ctx, ApprovalReturned({ ...about, reason: comment }));
    }
    const stuck = fact.kind === 'stuck' ? steps.find((row) => row.key === key) : undefined;
    if (!stuck) return;
    const helpers = await this.roles.employeeIdsHolding(ctx, ApprovalPermission.act_for);
    const to = unique([initiator, ...helpers.map((id): FlowPerson => ({ kind: 'employee', id }))]);
    await this.events.publish(
      ctx,
      ApprovalStuck({ ...factsOf(approval, to, null), stepId: stuck.id, person: personOf(stuck) }),
    );
  }

  /** The end: tasks after a yes, the sheet, the word to everybody concerned. */
  private async finish(ctx: TxCtx, { approval }: Held, initiator: FlowPerson, by: FlowPerson | null): Promise<void> {
    const { state, kindId, route } = approval;
    const copies = await this.db.query<{ id: string }>(
      ctx,
      `SELECT "employeeId" AS id FROM approval_copy WHERE "approvalId" = $1 ORDER BY 1`,
      [approval.id],
    );
    const readers = copies.map(({ id }): FlowPerson => ({ kind: 'employee', id }));
    const to = unique([initiator, ...readers]);
    await this.events.publish(ctx, ApprovalFinished({ ...factsOf(approval, to, by), state, kindId }));
    if (state === 'approved' && route.executors.length) {
      const tasks = route.executors.map(({ person, text }) => ({
        id: newId(),
        approvalId: approval.id,
        employeeId: person.id,
        text,
        comment: '',
        createdAt: ctx.now(),
        doneAt: null,
      }));
      await this.db.repo(ctx, ApprovalTask).insert(tasks);
      await this.events.publish(
        ctx,
        ApprovalTaskGiven({
          ...factsOf(approval, unique(route.executors.map(({ person }) => person)), by),
          tasks: tasks.map(({ id, employeeId }) => ({ taskId: id, employeeId })),
        }),
      );
    }
    await this.jobs.enqueue(ctx, MakeSheet({ approvalId: approval.id }));
  }
}

const stageOf = (key = ''): number => Number(key.split('.')[1] ?? 0);
