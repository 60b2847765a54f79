import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { defineJob, type Delivery, Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { SlaClocks } from './sla-clocks.service';
import { SlaPolicy } from './sla-policy.entity';
import { ObjectCalendarChanged, SlaPolicyChanged, WorkCalendarChanged } from './sla-rules.events';

/** A part of the tickets whose clocks run by something that has changed. */
export const FollowRules = defineJob<{
  hours?: true;
  /** Only tickets that count by these hours. */
  calendarId?: string;
  policyId?: string;
  at: string;
  after: string | null;
}>('sla.followRules');

const TOGETHER = 200;

/** A new year of holidays changes many calendars at once: each looks only at the tickets that count by it. */
const BY_CALENDAR = `(EXISTS (SELECT 1 FROM sla_policy_version v WHERE v."policyId" = k."policyId" AND v.version = k."policyVersion"
    AND (v.definition->>'calendarId' = $3::text OR v.definition->'metrics' @> jsonb_build_array(jsonb_build_object('calendarId', $3::text))))
  OR EXISTS (SELECT 1 FROM ticket t JOIN service_object o ON o.id = t."objectId" JOIN object_calendar oc ON oc."objectId" = ANY(o.path)
    WHERE t.id = k."ticketId" AND oc."calendarId" = $3::text::uuid))`;

/** What happens to running clocks when hours or a policy change: the policy's own setting, ticket by ticket in parts. */
@Injectable()
export class SlaChanges {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly clocks: SlaClocks,
  ) {}

  @On(WorkCalendarChanged)
  async calendarChanged(
    ctx: Ctx,
    { calendarId }: PayloadOf<typeof WorkCalendarChanged>,
    { createdAt }: Delivery,
  ): Promise<void> {
    await this.follow(ctx, createdAt, calendarId);
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
  async part(ctx: Ctx, { policyId, calendarId, at, after }: PayloadOf<typeof FollowRules>): Promise<void> {
    const about = policyId ?? calendarId;
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT DISTINCT k."ticketId" AS id FROM sla_clock k ${policyId ? 'JOIN sla_policy p ON p.id = k."policyId" AND p.id = $3 AND k."policyVersion" < p.version' : ''}
       WHERE k."stoppedAt" IS NULL ${calendarId ? `AND ${BY_CALENDAR}` : ''} AND ($1::uuid IS NULL OR k."ticketId" > $1) ORDER BY 1 LIMIT $2`,
      [after, TOGETHER, ...(about ? [about] : [])],
    );
    const ids = rows.map(({ id }) => id);
    if (!ids.length) return;
    if (policyId) await this.byPolicy(ctx, policyId, ids);
    else await this.clocks.recompute(ctx, ids, { newHoursAt: new Date(at) });
    if (ids.length < TOGETHER) return;
    await this.jobs.enqueue(
      ctx,
      FollowRules({ ...(policyId ? { policyId } : { hours: true, calendarId }), at, after: ids.at(-1)! }),
    );
  }

  private async byPolicy(ctx: Ctx, policyId: string, ids: readonly string[]): Promise<void> {
    const policy = await this.db.repo(ctx, SlaPolicy).findOneBy({ id: policyId });
    const mode = policy?.onChange.policy;
    if (!mode || mode === 'keep') return;
    await this.clocks.recompute(ctx, ids, { rebinds: true, mode, policyId });
  }

  private async follow(ctx: Ctx, createdAt: Date, calendarId?: string): Promise<void> {
    await this.jobs.enqueue(ctx, FollowRules({ hours: true, calendarId, at: createdAt.toISOString(), after: null }));
  }
}
