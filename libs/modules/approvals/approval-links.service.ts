import { createHash, randomBytes } from 'node:crypto';
import { Secrets } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Settings } from '@opora/platform/settings';
import { Injectable } from '@nestjs/common';
import type { ApprovalState, FlowPerson, FlowStep } from './approval-flow';
import { personOf } from './approval-news.service';
import { ApprovalProgress } from './approval-progress.service';
import { flowNow } from './approval-story';
import { Approval, ApprovalLink, ApprovalStep } from './approval.entity';
import type { DecideByLink } from './approvals.dto';
import { ApprovalError } from './approvals.errors';
import { Approvals } from './approvals.service';

const PURPOSE = 'approval-link';
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export type Opened = { approval: Approval; step: ApprovalStep; person: FlowPerson; confirmation: string };

/**
 * Deciding out of a mail. The link names one person and one step, opens a page and nothing else: a decision is a POST with the
 * confirmation that the page was given, so whoever merely follows links decides nothing. It ends with the step.
 */
@Injectable()
export class ApprovalLinks {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly secrets: Secrets,
    private readonly progress: ApprovalProgress,
    private readonly approvals: Approvals,
  ) {}

  /** A new link of a step. The token is 256 bits and kept only as a hash. */
  async urlOf(ctx: Ctx, stepId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.db.repo(ctx, ApprovalLink).insert({ tokenHash: hashOf(token), stepId, createdAt: ctx.now() });
    return `${this.settings.publicUrl}/portal/approve#t=${token}`;
  }

  /** What the link stands for; reading changes nothing. */
  async open(ctx: Ctx, token: string): Promise<Opened> {
    const step = await this.stepOf(ctx, token);
    const approval = await this.db.repo(ctx, Approval).findOneBy({ id: step.approvalId });
    if (!approval) throw ApprovalError.linkUnknown();
    if (step.state !== 'asked' || approval.state !== 'waiting') throw over(step, approval);
    return { approval, step, person: personOf(step), confirmation: this.confirmationOf(token) };
  }

  /** The decision of the person the link was sent to. */
  decide(ctx: Ctx, token: string, input: DecideByLink): Promise<ApprovalState> {
    return this.db.tx(ctx, async (ctx) => {
      const { approvalId, id } = await this.stepOf(ctx, token);
      if (!this.secrets.isSigned(PURPOSE, hashOf(token), input.confirmation))
        throw fieldProblem('/confirmation', 'approvals.confirmationWrong');
      const held = (await this.progress.hold(ctx, approvalId)) ?? raise(ApprovalError.linkUnknown());
      const row = held.steps.find((step) => step.id === id)!;
      const step: FlowStep | undefined = flowNow(held).steps.find(
        ({ key, state }) => key === row.key && state === 'asked',
      );
      if (!step || held.approval.state !== 'waiting') throw over(row, held.approval);
      await this.approvals.decideStep(ctx, held, step, personOf(row), input, 'mail');
      return held.approval.state;
    });
  }

  private async stepOf(ctx: Ctx, token: string): Promise<ApprovalStep> {
    const link = await this.db.repo(ctx, ApprovalLink).findOneBy({ tokenHash: hashOf(token) });
    const step = link && (await this.db.repo(ctx, ApprovalStep).findOneBy({ id: link.stepId }));
    return step ?? raise(ApprovalError.linkUnknown());
  }

  /** Known only to whoever has opened the page of this link on this installation. */
  private confirmationOf(token: string): string {
    return this.secrets.sign(PURPOSE, hashOf(token));
  }
}

const over = (step: ApprovalStep, { state }: Approval) => ApprovalError.linkOver({}, { step: step.state, state });
