import { Employees } from '@opora/modules/people';
import { ticketTemplateVariables, visibleTo } from '@opora/modules/tickets';
import type { Ctx, Locale } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { Handles, type PayloadOf } from '@opora/platform/events';
import { text } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { Mailer, type NewMail } from '@opora/platform/mail';
import { settings } from '@opora/platform/settings';
import { type RenderedMessage, Templates } from '@opora/platform/templates';
import { Injectable } from '@nestjs/common';
import { MailPace } from './mail-pace';
import type { Notification } from './notification.entity';
import { DEFAULT_TIMES, nextDigest, type Times } from './notification-delivery';
import { NotificationLog, TellDue } from './notification-log.service';
import { metricWords, momentWords, noticeText, reasonText, thresholdWords } from './notice-words';

type Person = { id: string; email: string; locale: Locale; timeZone: string; organisation: string } & Partial<Times>;
type Due = Notification & { number: number | null; subject: string; comment: string | null };

/** More tickets than so many at once are a list. */
const MOST_MAILS_AT_ONCE = 3;
const MOST_IN_A_LIST = 200;
const LONGEST_COMMENT = 500;

/** Writes the mails about what people are to be told: one about a ticket, a list of many, the digest. */
@Injectable()
export class NotificationMails {
  constructor(
    private readonly db: Db,
    private readonly employees: Employees,
    private readonly log: NotificationLog,
    private readonly pace: MailPace,
    private readonly live: Live,
    private readonly templates: Templates,
    private readonly mailer: Mailer,
  ) {}

  /** Whatever is due goes now, also what should have gone while nobody worked; two workers at once wait for each other. */
  @Handles(TellDue)
  async tellDue(ctx: Ctx, { employeeId }: PayloadOf<typeof TellDue>): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      await this.db.prepared(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('mails ' || $1, 0))`, [employeeId]);
      this.live.touch(ctx, [`notifications:${employeeId}`], 'staff');
      await this.putOffLate(ctx, employeeId);
      const due = await this.take(ctx, employeeId);
      const [person] = await this.people(ctx, employeeId);
      if (!due.length || !person) return;
      const prompt = byTicket(due.filter(({ isSummary }) => !isSummary));
      const summary = due.filter(({ isSummary }) => isSummary);
      if (prompt.length > MOST_MAILS_AT_ONCE) await this.mailList(ctx, person, prompt.flat(), 'list');
      else for (const notices of prompt) await this.mailOne(ctx, person, notices);
      if (summary.length) await this.mailList(ctx, person, summary, 'digest');
    });
  }

  /** What came late for a digest that has gone already waits for the next one: nobody gets a digest twice. */
  private async putOffLate(ctx: TxCtx, employeeId: string): Promise<void> {
    const late = await this.db.prepared<{ id: string; dueAt: Date }>(
      ctx,
      `SELECT w.id, w."dueAt" FROM notification w WHERE w."isWaiting" AND w."isSummary" AND w."recipientId" = $1 AND w."dueAt" <= $2
         AND EXISTS (SELECT 1 FROM notification s WHERE s."isSummary" AND s.channel = 'mail' AND s."recipientId" = $1 AND s."dueAt" = w."dueAt" AND s."mailId" IS NOT NULL)`,
      [employeeId, ctx.now()],
    );
    const [person] = late.length ? await this.people(ctx, employeeId) : [];
    if (!person) return;
    const dueAt = new Date(
      nextDigest({ ...DEFAULT_TIMES, ...definedOf(person) }, person.timeZone, ctx.now().getTime()),
    );
    await this.db.query(ctx, `UPDATE notification SET "dueAt" = $2 WHERE id = ANY($1::uuid[])`, [
      late.map(({ id }) => id),
      dueAt,
    ]);
    await this.log.schedule(ctx, [{ recipientId: employeeId, dueAt }]);
  }

  /** What the person no longer sees is dropped with the rest. */
  private async take(ctx: TxCtx, employeeId: string): Promise<Due[]> {
    const actor = await this.employees.loadActor(ctx, employeeId);
    const params = new SqlParams();
    const [id, now] = [params.add(employeeId), params.add(ctx.now())];
    const sees = actor ? visibleTo(actor, params) : 'false';
    return this.db.query<Due>(
      ctx,
      `WITH taken AS (UPDATE notification SET "isWaiting" = false WHERE "recipientId" = ${id}::uuid AND "isWaiting" AND "dueAt" <= ${now} RETURNING *)
       SELECT n.*, t.number::int AS number, COALESCE(t.subject, n.facts->>'title', '') AS subject, c.text AS comment
       FROM taken n LEFT JOIN ticket t ON t.id = n."ticketId" LEFT JOIN comment c ON c.id = n."commentId"
       WHERE (n."ticketId" IS NULL OR (t."deletedAt" IS NULL AND ${sees})) AND (n."commentId" IS NULL OR c.id IS NOT NULL) ORDER BY n.id`,
      params.values,
    );
  }

  private people(ctx: Ctx, id: string): Promise<Person[]> {
    return this.db.prepared<Person>(
      ctx,
      `SELECT e.id, e.email, e.locale, COALESCE(e."timeZone", i."timeZone") AS "timeZone", i.name AS organisation, p.digest, p."digestAt", p."quietHours", p."urgentBreaksThrough"
       FROM employee e CROSS JOIN installation i LEFT JOIN notification_preference p ON p."employeeId" = e.id
       WHERE e.id = $1 AND e."isActive" AND e."archivedAt" IS NULL AND i.id = 1`,
      [id],
    );
  }

  /** One event in the words of its template, several as a list. */
  private async mailOne(ctx: TxCtx, person: Person, notices: readonly Due[]): Promise<void> {
    const [first, second] = notices;
    if (!first) return;
    const { ticketId } = first;
    if (first.approvalId && !second) return this.mailApproval(ctx, person, first);
    const variables = ticketId ? await ticketTemplateVariables(this.db, ctx, ticketId, person.locale) : undefined;
    if (!variables) return this.mailList(ctx, person, notices, 'list');
    const common = { ...variables, settings: { url: `${settings().publicUrl}/notification-settings` } };
    const message = second
      ? await this.templates.render(ctx, 'notifications.ticket-events', person.locale, {
          ...common,
          count: notices.length,
          events: notices.map((notice) => eventOf(notice, person)),
        })
      : await this.templates.render(ctx, `notifications.${first.kind.replaceAll('_', '-')}`, person.locale, {
          ...common,
          ...singleOf(first, person),
        });
    await this.queue(ctx, person, notices, message, ticketId ?? undefined);
  }

  private async mailApproval(ctx: TxCtx, person: Person, notice: Due): Promise<void> {
    const { publicUrl } = settings();
    const { approvalNumber = '', title = '' } = notice.facts;
    const message = await this.templates.render(ctx, 'notifications.approval-event', person.locale, {
      ...singleOf(notice, person),
      approval: { number: approvalNumber, title, url: `${publicUrl}/approvals/${approvalNumber}` },
      settings: { url: `${publicUrl}/notification-settings` },
    });
    await this.queue(ctx, person, [notice], message, notice.ticketId ?? undefined);
  }

  private async mailList(ctx: TxCtx, person: Person, notices: readonly Due[], name: 'list' | 'digest'): Promise<void> {
    const { publicUrl } = settings();
    const shown = byTicket(notices.slice(0, MOST_IN_A_LIST));
    const message = await this.templates.render(ctx, `notifications.${name}`, person.locale, {
      count: notices.length,
      more: Math.max(0, notices.length - MOST_IN_A_LIST) || '',
      url: `${publicUrl}/tickets`,
      settings: { url: `${publicUrl}/notification-settings` },
      organisation: { name: person.organisation },
      tickets: shown.map((events) => ({
        ...headOf(events[0]!, publicUrl),
        events: events.map((notice) => eventOf(notice, person)),
      })),
    });
    await this.queue(ctx, person, notices, message);
  }

  private async queue(
    ctx: TxCtx,
    person: Person,
    notices: readonly Due[],
    message: RenderedMessage,
    subjectId?: string,
  ): Promise<void> {
    const mail: NewMail = {
      kind: 'notification',
      to: [person.email],
      subjectId,
      fromName: person.organisation,
      ...message,
    };
    const { id } = await this.mailer.queue(ctx, mail);
    this.pace.mailed(person.id, ctx.now());
    await this.db.query(ctx, `UPDATE notification SET "mailId" = $2 WHERE id = ANY($1::uuid[])`, [
      notices.map((notice) => notice.id),
      id,
    ]);
  }
}

/** In the order in which each was first told of. */
function byTicket(notices: readonly Due[]): Due[][] {
  const groups = new Map<string, Due[]>();
  for (const notice of notices) {
    const key = notice.ticketId ?? notice.approvalId ?? notice.id;
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  return [...groups.values()];
}

const headOf = ({ number, subject, facts }: Due, publicUrl: string) => ({
  number: number ?? facts.approvalNumber ?? '',
  subject,
  url: number === null ? `${publicUrl}/approvals/${facts.approvalNumber ?? ''}` : `${publicUrl}/tickets/${number}`,
});

const eventOf = (notice: Due, { locale, timeZone }: Person) => ({
  text: noticeText(locale, notice, notice.number),
  reason: reasonText(locale, notice),
  at: momentWords(locale, notice.createdAt.toISOString(), timeZone),
  comment: (notice.comment ?? '').slice(0, LONGEST_COMMENT),
});

/** The variables of a template about one event. */
const singleOf = (notice: Due, { locale, timeZone }: Person) => {
  const { metric, threshold, dueAt, score } = notice.facts;
  return {
    text: noticeText(locale, notice, notice.number),
    actor: { name: notice.actorName },
    comment: { text: notice.comment ?? '' },
    rating: { score: score ? text(locale, `notifications.scores.${score}`) : '' },
    reason: reasonText(locale, notice),
    ...(metric && threshold && dueAt
      ? {
          sla: {
            metric: metricWords(locale, metric),
            threshold: thresholdWords(locale, threshold),
            due: momentWords(locale, dueAt, timeZone),
          },
        }
      : {}),
  };
};

const definedOf = ({ digest, digestAt }: Person): Partial<Times> => (digest && digestAt ? { digest, digestAt } : {});
