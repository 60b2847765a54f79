import { Clock, type Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Events, Lookout, Workers } from '@opora/platform/events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { factsOf, initiatorOf, personOf } from './approval-news.service';
import { ApprovalProgress } from './approval-progress.service';
import { flowNow, type Held, type NewFact } from './approval-story';
import { ApprovalStep } from './approval.entity';
import { ApprovalOverdue, ApprovalReminded } from './approvals.events';
import { unique } from './approver-search.service';
import { StandIns } from './stand-ins.service';

const BATCH = 100;

/**
 * Reminders, ends of terms and what follows from them, each at its moment and once, however many processes work. What is due lies in the
 * database under an index; no process keeps a timer for a step.
 */
@Injectable()
export class ApprovalMoments implements OnModuleInit, OnModuleDestroy {
  private readonly lookout = new Lookout({
    name: 'approval moments',
    everyMs: 1000,
    afterFailureMs: 3000,
    look: async (ctx) => {
      await this.tellDue(ctx);
      return false;
    },
  });

  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly workers: Workers,
    private readonly progress: ApprovalProgress,
    private readonly standIns: StandIns,
  ) {}

  onModuleInit(): void {
    this.workers.register(this.lookout);
  }

  onModuleDestroy(): Promise<void> {
    return this.lookout.stop();
  }

  /** Tells everything that is due until nothing is; answers of how many steps. */
  async tellDue(ctx: Ctx): Promise<number> {
    for (let count = 0; ;) {
      const told = await this.tellBatch(ctx);
      count += told;
      if (!told) return count;
    }
  }

  private async tellBatch(ctx: Ctx): Promise<number> {
    const due = await this.db.query<{ id: string; approvalId: string }>(
      ctx,
      `SELECT id, "approvalId" FROM approval_step WHERE "nextAt" <= $1 ORDER BY "nextAt" LIMIT ${BATCH}`,
      [Clock.now()],
    );
    let told = 0;
    for (const { id, approvalId } of due) if (await this.tellStep(ctx, approvalId, id)) told++;
    return told;
  }

  /** False when somebody else is at it, or has been. */
  private tellStep(ctx: Ctx, approvalId: string, stepId: string): Promise<boolean> {
    return this.db.tx(ctx, async (ctx) => {
      const free = await this.db.query(ctx, `SELECT 1 FROM approval WHERE id = $1 FOR UPDATE SKIP LOCKED`, [
        approvalId,
      ]);
      const held = free.length ? await this.progress.hold(ctx, approvalId) : undefined;
      const step = held?.steps.find(({ id }) => id === stepId);
      const now = Clock.now().getTime();
      if (!held || !step?.nextAt || step.nextAt.getTime() > now) return false;
      await this.tell(ctx, held, step, now);
      return true;
    });
  }

  private async tell(ctx: TxCtx, held: Held, step: ApprovalStep, now: number): Promise<void> {
    const due = step.moments.filter(([, at]) => at <= now).map(([name]) => name);
    step.moments = step.moments.filter(([, at]) => at > now);
    step.nextAt = step.moments[0] ? new Date(step.moments[0][1]) : null;
    const isOver = due.includes('overdue');
    if (isOver) step.overdueAt = ctx.now();
    await this.db
      .repo(ctx, ApprovalStep)
      .update({ id: step.id }, { moments: step.moments, nextAt: step.nextAt, overdueAt: step.overdueAt });
    const facts: NewFact[] = [];
    const data = { step: step.key };
    // After a standstill of the house the end alone is told, not the reminder of it.
    if (!isOver && due.some((name) => name.startsWith('remind'))) {
      facts.push({ kind: 'reminded', data, by: null });
      await this.remind(ctx, held, step);
    }
    if (isOver) {
      facts.push({ kind: 'overdue', data, by: null });
      await this.tellLate(ctx, held, step, false);
    }
    const { escalateTo } = held.approval.route.stages[step.stage]!;
    if (due.includes('escalate') && escalateTo.length) {
      facts.push({ kind: 'escalated', data: { ...data, to: escalateTo }, by: null });
      await this.tellLate(ctx, held, step, true);
    }
    if (isOver) {
      const flow = flowNow(held);
      const asked = flow.steps.find(({ key }) => key === step.key);
      if (asked) facts.push(...(await this.standIns.afterTerm(ctx, held, flow, asked)));
    }
    await this.progress.apply(ctx, held, facts);
  }

  private async remind(ctx: TxCtx, { approval }: Held, step: ApprovalStep): Promise<void> {
    const about = factsOf(approval, [personOf(step)], null);
    const dueAt = (step.dueAt ?? ctx.now()).toISOString();
    await this.events.publish(ctx, ApprovalReminded({ ...about, stepIds: [step.id], dueAt }));
  }

  private async tellLate(ctx: TxCtx, { approval }: Held, step: ApprovalStep, isEscalation: boolean): Promise<void> {
    const person = personOf(step);
    const to = isEscalation ? approval.route.stages[step.stage]!.escalateTo : unique([person, initiatorOf(approval)]);
    const dueAt = (step.dueAt ?? ctx.now()).toISOString();
    await this.events.publish(
      ctx,
      ApprovalOverdue({ ...factsOf(approval, to, null), stepId: step.id, person, dueAt, isEscalation }),
    );
  }
}
