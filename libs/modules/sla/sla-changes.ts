import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { defineJob, type Delivery, Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { SlaClocks } from './sla-clocks.service';
import { SlaPolicy } from './sla-policy.entity';
import { ObjectCalendarChanged, SlaPolicyChanged, WorkCalendarChanged } from './sla-rules.events';

/** A part of the tickets whose clocks run by something that has changed. */
export const FollowRules = defineJob<{ hours?: true; policyId?: string; at: string; after: string | null }>(
  'sla.followRules',
);

const TOGETHER = 200;

/** What happens to running clocks when hours or a policy change: the policy's own setting, ticket by ticket in parts. */
@Injectable()
export class SlaChanges {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly clocks: SlaClocks,
  ) {}

  @On(WorkCalendarChanged)
  async calendarChanged(ctx: Ctx, _: PayloadOf<typeof WorkCalendarChanged>, { createdAt }: Delivery): Promise<void> {
    await this.follow(ctx, createdAt);
  }

  @On(ObjectCalendarChanged)
  async objectChanged(ctx: Ctx, _: PayloadOf<typeof ObjectCalendarChanged>, { createdAt }: Delivery): Promise<void> {
    await this.follow(ctx, createdAt);
  }

  /** Tickets that have the policy keep what they were promised, unless it says otherwise. */
  @On(SlaPolicyChanged)
  async policyChanged(
    ctx: Ctx,
    { policyId }: PayloadOf<typeof SlaPolicyChanged>,
    { createdAt }: Delivery,
  ): Promise<void> {
    const policy = await this.db.repo(ctx, SlaPolicy).findOneBy({ id: policyId });
    if (!policy || policy.archivedAt || policy.onChange.policy === 'keep') return;
    await this.jobs.enqueue(ctx, FollowRules({ policyId, at: createdAt.toISOString(), after: null }));
  }

  @Handles(FollowRules)
  async part(ctx: Ctx, { policyId, at, after }: PayloadOf<typeof FollowRules>): Promise<void> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT DISTINCT k."ticketId" AS id FROM sla_clock k ${policyId ? 'JOIN sla_policy p ON p.id = k."policyId" AND p.id = $3 AND k."policyVersion" < p.version' : ''}
       WHERE k."stoppedAt" IS NULL AND ($1::uuid IS NULL OR k."ticketId" > $1) ORDER BY 1 LIMIT $2`,
      [after, TOGETHER, ...(policyId ? [policyId] : [])],
    );
    const ids = rows.map(({ id }) => id);
    if (!ids.length) return;
    if (policyId) await this.byPolicy(ctx, policyId, ids);
    else await this.clocks.recompute(ctx, ids, { newHoursAt: new Date(at) });
    if (ids.length < TOGETHER) return;
    await this.jobs.enqueue(
      ctx,
      FollowRules({ ...(policyId ? { policyId } : { hours: true }), at, after: ids.at(-1)! }),
    );
  }

  private async byPolicy(ctx: Ctx, policyId: string, ids: readonly string[]): Promise<void> {
    const policy = await this.db.repo(ctx, SlaPolicy).findOneBy({ id: policyId });
    const mode = policy?.onChange.policy;
    if (!mode || mode === 'keep') return;
    await this.clocks.recompute(ctx, ids, { rebinds: true, mode, policyId });
  }

  private async follow(ctx: Ctx, createdAt: Date): Promise<void> {
    await this.jobs.enqueue(ctx, FollowRules({ hours: true, at: createdAt.toISOString(), after: null }));
  }
}
