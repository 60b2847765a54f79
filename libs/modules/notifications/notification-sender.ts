import { type PersonKind, ticketTemplateVariables } from '@opora/modules/tickets';
import type { Ctx, Locale } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { text } from '@opora/platform/i18n';
import { Mailer } from '@opora/platform/mail';
import { Templates } from '@opora/platform/templates';
import { Injectable } from '@nestjs/common';
import type { NotificationKind } from './notification.entity';
import { type Candidate, type Recipient, recipientsOf, type Wish } from './notification-rules';
import { Notifications } from './notifications.service';

export type Circle = 'assignee' | 'co_executor' | 'observer' | 'team' | 'unassigned_team' | 'lead';

export type Telling = {
  eventId: string;
  ticketId: string;
  commentId?: string;
  kind: NotificationKind;
  actorKind: PersonKind;
  actorId: string | null;
  to: readonly Circle[];
  facts?: Record<string, string>;
  holdSeconds?: number;
};

type Person = { id: string; email: string; locale: Locale };
type About = { actorName: string; status: Record<string, string>; comment: string | null };

/** Works out who is told of an event and tells them, once per person and channel. */
@Injectable()
export class NotificationSender {
  constructor(
    private readonly db: Db,
    private readonly notifications: Notifications,
    private readonly templates: Templates,
    private readonly mailer: Mailer,
  ) {}

  async tell(ctx: Ctx, telling: Telling): Promise<void> {
    const candidates = await this.candidates(ctx, telling.ticketId, telling.to);
    if (!candidates.length) return;
    const ids = [...new Set(candidates.map(({ employeeId }) => employeeId))];
    const wishes = await this.db.prepared<Wish>(
      ctx,
      `SELECT * FROM notification_setting WHERE "employeeId" = ANY($1::uuid[]) AND kind = $2`,
      [ids, telling.kind],
    );
    const recipients = recipientsOf(
      telling.kind,
      candidates,
      telling.actorKind === 'employee' ? telling.actorId : null,
      wishes,
    );
    if (!recipients.length) return;
    const about = await this.about(ctx, telling);
    if (!about) return;
    const people = await this.people(
      ctx,
      recipients.map(({ employeeId }) => employeeId),
    );
    for (const recipient of recipients) {
      const person = people.get(recipient.employeeId);
      if (person) await this.tellOne(ctx, telling, recipient, person, about);
    }
  }

  private async tellOne(ctx: Ctx, telling: Telling, recipient: Recipient, person: Person, about: About): Promise<void> {
    const { eventId, ticketId, kind, commentId = null } = telling;
    const facts = { ...telling.facts, status: about.status[person.locale] ?? '' };
    for (const channel of recipient.channels) {
      const isNew = await this.notifications.note(ctx, {
        eventId,
        recipientId: person.id,
        channel,
        kind,
        ticketId,
        commentId,
        actorName: about.actorName,
        reason: recipient.reason,
        facts,
      });
      if (isNew && channel === 'mail') await this.mail(ctx, telling, recipient, person, about);
    }
  }

  private async mail(
    ctx: Ctx,
    { ticketId, commentId, kind, facts, holdSeconds }: Telling,
    recipient: Recipient,
    { email, locale }: Person,
    about: About,
  ): Promise<void> {
    const variables = await ticketTemplateVariables(this.db, ctx, ticketId, locale);
    if (!variables) return;
    const message = await this.templates.render(ctx, `notifications.${kind.replaceAll('_', '-')}`, locale, {
      ...variables,
      actor: { name: about.actorName },
      comment: { text: about.comment ?? '' },
      rating: { score: facts?.score ? text(locale, `notifications.scores.${facts.score}`) : '' },
      reason: text(locale, `notifications.reasons.${recipient.reason}`),
    });
    await this.mailer.queue(ctx, {
      kind: 'notification',
      to: [email],
      subjectId: ticketId,
      commentId,
      fromName: variables.organisation.name,
      holdSeconds,
      ...message,
    });
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
           WHERE t."assigneeId" IS NULL AND ('team' = ANY($2::text[]) OR 'unassigned_team' = ANY($2::text[]))
         UNION ALL SELECT g."leadId", 'lead' FROM t JOIN team g ON g.id = t."teamId" WHERE 'lead' = ANY($2::text[]))
       SELECT c.id AS "employeeId", c.reason FROM c JOIN employee e ON e.id = c.id WHERE e."isActive" AND e."archivedAt" IS NULL AND EXISTS (SELECT 1 FROM t)`,
      [ticketId, circles],
    );
  }

  /** Who did it, the status, the comment's words; undefined when the comment was taken back. */
  private async about(ctx: Ctx, { ticketId, commentId, actorKind, actorId }: Telling): Promise<About | undefined> {
    const [row] = await this.db.prepared<{
      actorName: string | null;
      status: Record<string, string>;
      comment: string | null;
      isGone: boolean;
    }>(
      ctx,
      `SELECT s.name AS status, c.text AS comment, ($2::uuid IS NOT NULL AND c.id IS NULL) AS "isGone",
              COALESCE(c."authorName", (SELECT name FROM employee WHERE $3 = 'employee' AND id = $4::uuid), (SELECT name FROM contact WHERE $3 = 'contact' AND id = $4::uuid)) AS "actorName"
       FROM ticket t JOIN ticket_status s ON s.id = t."statusId" LEFT JOIN comment c ON c.id = $2::uuid WHERE t.id = $1`,
      [ticketId, commentId ?? null, actorKind, actorId],
    );
    if (!row || row.isGone) return undefined;
    return { actorName: row.actorName ?? 'Opora', status: row.status, comment: row.comment };
  }

  private async people(ctx: Ctx, ids: string[]): Promise<Map<string, Person>> {
    const rows = await this.db.prepared<Person>(
      ctx,
      `SELECT id, email, locale FROM employee WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
