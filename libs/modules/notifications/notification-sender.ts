import { Absences } from '@opora/modules/people';
import type { PersonKind } from '@opora/modules/tickets';
import type { Ctx, Locale } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { NotificationLog } from './notification-log.service';
import type { NotificationKind } from './notification.entity';
import { type Candidate, type Reason, recipientsOf } from './notification-rules';

/** Who stands around a ticket; `queue`: its team while nobody has it. */
export type Circle = 'assignee' | 'co_executor' | 'observer' | 'team' | 'queue' | 'lead';

export type Telling = {
  eventId: string;
  ticketId: string;
  commentId?: string;
  kind: NotificationKind;
  actorKind: PersonKind;
  actorId: string | null;
  to: readonly Circle[];
  /** Named one by one, by a rule. */
  named?: readonly Candidate[];
  /** Why, where it is not what the person is to the ticket. */
  reason?: Reason;
  facts?: Record<string, string>;
  holdUntil?: Date;
};

type About = { actorName: string; status: Record<string, string>; priorityCode: string };

/** Works out who is told of what happens to a ticket. */
@Injectable()
export class NotificationSender {
  constructor(
    private readonly db: Db,
    private readonly absences: Absences,
    private readonly log: NotificationLog,
  ) {}

  async tell(ctx: Ctx, telling: Telling): Promise<void> {
    const { eventId, ticketId, commentId = null, kind, actorKind, actorId, holdUntil } = telling;
    const concerned = [...(await this.candidates(ctx, ticketId, telling.to)), ...(telling.named ?? [])];
    const candidates = await this.withSubstitutes(ctx, concerned);
    const recipients = recipientsOf(candidates, [actorKind === 'employee' ? actorId : null, ctx.initiatorId]);
    if (!recipients.length) return;
    const about = await this.about(ctx, telling);
    if (!about) return;
    const locales = await this.locales(
      ctx,
      recipients.map(({ employeeId }) => employeeId),
    );
    const notices = recipients.map(({ employeeId, reason, absentName }) => ({
      eventId,
      recipientId: employeeId,
      kind,
      ticketId,
      approvalId: null,
      commentId,
      actorName: about.actorName,
      reason: telling.reason ?? reason,
      facts: {
        ...telling.facts,
        status: about.status[locales.get(employeeId) ?? 'ru'] ?? '',
        ...(absentName ? { absentName } : {}),
      },
      priorityCode: about.priorityCode,
      holdUntil,
    }));
    await this.log.note(ctx, notices);
  }

  /** Beside each responsible who is away, whoever stands in for him; two questions at most. */
  async withSubstitutes<Given extends Candidate>(
    ctx: Ctx,
    candidates: readonly Given[],
  ): Promise<(Given | (Given & { absentName: string }))[]> {
    const assignees = [...new Set(candidates.filter(({ reason }) => reason === 'assignee').map((c) => c.employeeId))];
    const away = await this.absences.at(ctx, assignees);
    if (!away.size || !(await this.tellsSubstitutes(ctx))) return [...candidates];
    const ids = [...away.keys()];
    const found = await this.absences.standIns(
      ctx,
      ids.map((employeeId) => ({ employeeId, at: ctx.now() })),
    );
    const standIns = new Map(ids.map((id, index) => [id, found[index]!]));
    return candidates.flatMap((candidate) => {
      const standIn = candidate.reason === 'assignee' ? standIns.get(candidate.employeeId) : undefined;
      if (!standIn?.employeeId || standIn.employeeId === candidate.employeeId) return [candidate];
      const absentName = standIn.path[0]?.name ?? '';
      return [candidate, { ...candidate, employeeId: standIn.employeeId, reason: 'substitute' as const, absentName }];
    });
  }

  private async tellsSubstitutes(ctx: Ctx): Promise<boolean> {
    const [row] = await this.db.prepared<{ tellsSubstitutes: boolean }>(
      ctx,
      'SELECT "tellsSubstitutes" FROM notification_policy WHERE id = 1',
      [],
    );
    return row?.tellsSubstitutes ?? true;
  }

  /** Everybody concerned, in one query: active people only. */
  private candidates(ctx: Ctx, ticketId: string, circles: readonly Circle[]): Promise<Candidate[]> {
    return this.db.prepared<Candidate>(
      ctx,
      `WITH t AS (SELECT * FROM ticket WHERE id = $1 AND "deletedAt" IS NULL), c AS (
         SELECT "assigneeId" AS id, 'assignee' AS reason FROM t WHERE 'assignee' = ANY($2::text[])
         UNION ALL SELECT "employeeId", 'co_executor' FROM ticket_co_executor WHERE "ticketId" = $1 AND 'co_executor' = ANY($2::text[])
         UNION ALL SELECT "subjectId", 'observer' FROM ticket_observer WHERE "ticketId" = $1 AND kind = 'employee' AND 'observer' = ANY($2::text[])
         UNION ALL SELECT m."employeeId", 'observer' FROM ticket_observer o JOIN team_member m ON m."teamId" = o."subjectId"
           WHERE o."ticketId" = $1 AND o.kind = 'team' AND 'observer' = ANY($2::text[])
         UNION ALL SELECT m."employeeId", 'team' FROM t JOIN team_member m ON m."teamId" = t."teamId"
           WHERE 'team' = ANY($2::text[]) OR (t."assigneeId" IS NULL AND 'queue' = ANY($2::text[]))
         UNION ALL SELECT g."leadId", 'lead' FROM t JOIN team g ON g.id = t."teamId" WHERE 'lead' = ANY($2::text[]))
       SELECT c.id AS "employeeId", c.reason FROM c JOIN employee e ON e.id = c.id WHERE e."isActive" AND e."archivedAt" IS NULL AND EXISTS (SELECT 1 FROM t)`,
      [ticketId, circles],
    );
  }

  /** Who did it, the status, how pressing it is; undefined when the comment was taken back. */
  private async about(ctx: Ctx, { ticketId, commentId, actorKind, actorId }: Telling): Promise<About | undefined> {
    const [row] = await this.db.prepared<About & { actorName: string | null; isGone: boolean }>(
      ctx,
      `SELECT s.name AS status, p.code AS "priorityCode", ($2::uuid IS NOT NULL AND c.id IS NULL) AS "isGone",
              COALESCE(c."authorName", (SELECT name FROM employee WHERE $3 = 'employee' AND id = $4::uuid), (SELECT name FROM contact WHERE $3 = 'contact' AND id = $4::uuid)) AS "actorName"
       FROM ticket t JOIN ticket_status s ON s.id = t."statusId" JOIN priority p ON p.id = t."priorityId" LEFT JOIN comment c ON c.id = $2::uuid WHERE t.id = $1`,
      [ticketId, commentId ?? null, actorKind, actorId],
    );
    return !row || row.isGone ? undefined : { ...row, actorName: row.actorName ?? 'Opora' };
  }

  private async locales(ctx: Ctx, ids: string[]): Promise<Map<string, Locale>> {
    const rows = await this.db.prepared<{ id: string; locale: Locale }>(
      ctx,
      `SELECT id, locale FROM employee WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map(({ id, locale }) => [id, locale]));
  }
}
