import { SlaBreached, type SlaMomentFact, SlaWarned } from '@opora/modules/sla';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { NotificationLog } from './notification-log.service';
import { type Candidate, recipientsOf } from './notification-rules';
import { NotificationSender } from './notification-sender';

type Kind = 'sla_warned' | 'sla_breached';
type Told = Candidate & { momentId: string };

/** Who is told when clocks warn or run out: hundreds a second at noon, so a batch costs as many questions as one. */
@Injectable()
export class SlaNotices {
  constructor(
    private readonly db: Db,
    private readonly sender: NotificationSender,
    private readonly log: NotificationLog,
  ) {}

  @On(SlaWarned)
  async warned(ctx: Ctx, { moments }: PayloadOf<typeof SlaWarned>): Promise<void> {
    await this.tell(ctx, 'sla_warned', moments);
  }

  @On(SlaBreached)
  async breached(ctx: Ctx, { moments }: PayloadOf<typeof SlaBreached>): Promise<void> {
    await this.tell(ctx, 'sla_breached', moments);
  }

  private async tell(ctx: Ctx, kind: Kind, moments: readonly SlaMomentFact[]): Promise<void> {
    const told = await this.sender.withSubstitutes(ctx, await this.concerned(ctx, kind, moments));
    const of = new Map<string, Told[]>();
    for (const each of told) of.set(each.momentId, [...(of.get(each.momentId) ?? []), each]);
    const notices = moments.flatMap(({ id, ticketId, metric, threshold, dueAt }) =>
      recipientsOf(of.get(id) ?? [], [ctx.initiatorId]).map(({ employeeId, reason, absentName }) => ({
        eventId: id,
        recipientId: employeeId,
        kind,
        ticketId,
        approvalId: null,
        commentId: null,
        actorName: 'Opora',
        reason,
        facts: { metric, threshold, dueAt, ...(absentName ? { absentName } : {}) },
      })),
    );
    await this.log.note(ctx, notices);
  }

  /** Everybody concerned with each moment; in one question. */
  private concerned(ctx: Ctx, kind: Kind, moments: readonly SlaMomentFact[]): Promise<Told[]> {
    const asked = moments.map(({ id, ticketId, escalateTo }) => ({
      id,
      ticketId,
      circles: [...new Set([...circlesOf(kind), ...escalateTo.map((to) => to.kind)])],
      employees: escalateTo.flatMap((to) => (to.kind === 'employee' && to.id ? [to.id] : [])),
      teams: escalateTo.flatMap((to) => (to.kind === 'team' && to.id ? [to.id] : [])),
    }));
    return this.db.prepared<Told>(
      ctx,
      `WITH m AS (SELECT m.*, t."assigneeId", t."teamId" FROM jsonb_to_recordset($1::jsonb) AS m(id uuid, "ticketId" uuid, circles text[], employees uuid[], teams uuid[])
           JOIN ticket t ON t.id = m."ticketId" AND t."deletedAt" IS NULL),
         c AS (SELECT id, "assigneeId" AS who, 'assignee' AS reason FROM m WHERE 'assignee' = ANY(circles) AND "assigneeId" IS NOT NULL
           UNION ALL SELECT m.id, p."employeeId", 'team' FROM m JOIN team_member p ON p."teamId" = m."teamId"
             WHERE ('queue' = ANY(circles) AND "assigneeId" IS NULL) OR ('team' = ANY(circles) AND cardinality(teams) = 0)
           UNION ALL SELECT m.id, g."leadId", 'lead' FROM m JOIN team g ON g.id = m."teamId" WHERE 'team_lead' = ANY(circles) AND g."leadId" IS NOT NULL
           UNION ALL SELECT m.id, e.id, 'escalation' FROM m, unnest(m.employees) AS e(id)
           UNION ALL SELECT m.id, p."employeeId", 'escalation' FROM m, unnest(m.teams) AS g(id) JOIN team_member p ON p."teamId" = g.id)
       SELECT DISTINCT id AS "momentId", who AS "employeeId", reason FROM c`,
      [JSON.stringify(asked)],
    );
  }
}

/** Who hears of it whatever the policy says: the responsible, or the queue; of what is late also the lead. */
const circlesOf = (kind: Kind): string[] =>
  kind === 'sla_breached' ? ['assignee', 'queue', 'team_lead'] : ['assignee', 'queue'];
