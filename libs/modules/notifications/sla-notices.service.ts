import { SlaBreached, type SlaMomentFact, SlaWarned } from '@opora/modules/sla';
import { ticketTemplateVariables } from '@opora/modules/tickets';
import type { Ctx, Locale } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { defineJob, Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { text } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { Mailer } from '@opora/platform/mail';
import { settings } from '@opora/platform/settings';
import { Templates } from '@opora/platform/templates';
import { Injectable } from '@nestjs/common';
import { metricWords, momentWords, thresholdWords } from './sla-notice-words';
import { DEFAULTS, type Reason } from './notification-rules';

/** Mails a person what clocks have told since the last such mail. */
export const MailSlaNotices = defineJob<{ employeeId: string }>('notifications.mailSla');

type Kind = 'sla_warned' | 'sla_breached';
type Told = { momentId: string; ticketId: string; recipientId: string; reason: Reason; app: boolean; mail: boolean };
type Notice = {
  id: string;
  ticketId: string;
  kind: Kind;
  reason: string;
  facts: { metric: string; threshold: string; dueAt: string };
  number: number;
  subject: string;
};
type Person = { email: string; locale: Locale; timeZone: string };

/** So many at once go into one mail; a person who is told more often gets a list a minute, not a mail a second. */
const MOST_IN_A_MAIL = 50;
const GATHER_SECONDS = 60;
const MOST_REMEMBERED = 10_000;

/** Who is told when clocks warn or run out: hundreds a second at noon, so a batch costs as many questions as one. */
@Injectable()
export class SlaNotices {
  /** When this process last had somebody mailed: two processes may make two mails a minute of it, no more. */
  private readonly lastMails = new Map<string, number>();

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly live: Live,
    private readonly templates: Templates,
    private readonly mailer: Mailer,
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
    const told = await this.recipients(ctx, kind, moments);
    const facts = new Map(moments.map(({ id, metric, threshold, dueAt }) => [id, { metric, threshold, dueAt }]));
    const rows = told.flatMap(({ app, mail, ...row }) =>
      (['app', 'mail'] as const)
        .filter((channel) => (channel === 'app' ? app : mail))
        .map((channel) => ({ ...row, channel, id: newId(), facts: facts.get(row.momentId) })),
    );
    if (!rows.length) return;
    const fresh = await this.db.query<{ recipientId: string; channel: string }>(
      ctx,
      `INSERT INTO notification (id, "eventId", "recipientId", channel, kind, "ticketId", "commentId", "actorName", reason, facts, "createdAt")
       SELECT r.id, r."momentId", r."recipientId", r.channel, $2, r."ticketId", NULL, 'Opora', r.reason, r.facts, $3
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "momentId" uuid, "recipientId" uuid, channel text, "ticketId" uuid, reason text, facts jsonb)
       ON CONFLICT ("eventId", "recipientId", channel) DO NOTHING RETURNING "recipientId", channel`,
      [JSON.stringify(rows), kind, ctx.now()],
    );
    const of = (channel: string) =>
      new Set(fresh.filter((row) => row.channel === channel).map(({ recipientId }) => recipientId));
    const screens = [...of('app')].map((id) => `notifications:${id}`);
    if (screens.length) this.live.touch(ctx, screens, 'staff');
    // In one order, so that two batches at once never wait for each other.
    for (const employeeId of [...of('mail')].sort())
      await this.jobs.enqueue(ctx, MailSlaNotices({ employeeId }), {
        at: this.mailAt(ctx, employeeId),
        key: employeeId,
      });
  }

  /** At once, or a minute after the last one; the job of a person who waits for one already is not added again. */
  private mailAt(ctx: Ctx, employeeId: string): Date {
    const now = ctx.now().getTime();
    const at = Math.max(now, (this.lastMails.get(employeeId) ?? 0) + GATHER_SECONDS * 1000);
    if (this.lastMails.size > MOST_REMEMBERED) this.lastMails.clear();
    if (at === now) this.lastMails.set(employeeId, now);
    return new Date(at);
  }

  /** Everybody concerned with each moment once, for the nearest reason, in the channels he wants. */
  private recipients(ctx: Ctx, kind: Kind, moments: readonly SlaMomentFact[]): Promise<Told[]> {
    const asked = moments.map(({ id, ticketId, escalateTo }) => ({
      id,
      ticketId,
      circles: [...new Set([...circlesOf(kind), ...escalateTo.map((to) => to.kind)])],
      employees: escalateTo.flatMap((to) => (to.kind === 'employee' && to.id ? [to.id] : [])),
      teams: escalateTo.flatMap((to) => (to.kind === 'team' && to.id ? [to.id] : [])),
    }));
    const { app, mail } = DEFAULTS[kind];
    return this.db.prepared<Told>(
      ctx,
      `WITH m AS (SELECT m.*, t."assigneeId", t."teamId" FROM jsonb_to_recordset($1::jsonb) AS m(id uuid, "ticketId" uuid, circles text[], employees uuid[], teams uuid[])
           JOIN ticket t ON t.id = m."ticketId" AND t."deletedAt" IS NULL),
         c AS (SELECT id, "ticketId", "assigneeId" AS who, 'assignee' AS reason, 1 AS rank FROM m WHERE 'assignee' = ANY(circles) AND "assigneeId" IS NOT NULL
           UNION ALL SELECT m.id, m."ticketId", p."employeeId", 'team', 3 FROM m JOIN team_member p ON p."teamId" = m."teamId"
             WHERE ('queue' = ANY(circles) AND "assigneeId" IS NULL) OR ('team' = ANY(circles) AND cardinality(teams) = 0)
           UNION ALL SELECT m.id, m."ticketId", g."leadId", 'lead', 2 FROM m JOIN team g ON g.id = m."teamId" WHERE 'team_lead' = ANY(circles) AND g."leadId" IS NOT NULL
           UNION ALL SELECT m.id, m."ticketId", e.id, 'escalation', 4 FROM m, unnest(m.employees) AS e(id)
           UNION ALL SELECT m.id, m."ticketId", p."employeeId", 'escalation', 4 FROM m, unnest(m.teams) AS g(id) JOIN team_member p ON p."teamId" = g.id),
         one AS (SELECT DISTINCT ON (id, who) * FROM c ORDER BY id, who, rank)
       SELECT one.id AS "momentId", one."ticketId", one.who AS "recipientId", one.reason, COALESCE(s.app, $3) AS app, COALESCE(s.mail, $4) AS mail
       FROM one JOIN employee e ON e.id = one.who AND e."isActive" AND e."archivedAt" IS NULL
       LEFT JOIN notification_setting s ON s."employeeId" = one.who AND s.kind = $2`,
      [JSON.stringify(asked), kind, app, mail],
    );
  }

  /** One mail about one moment, or a list of many. */
  @Handles(MailSlaNotices)
  async mail(ctx: Ctx, { employeeId }: PayloadOf<typeof MailSlaNotices>): Promise<void> {
    const notices = await this.db.query<Notice>(
      ctx,
      `WITH taken AS (UPDATE notification SET "readAt" = $2 WHERE "recipientId" = $1 AND channel = 'mail' AND "readAt" IS NULL AND kind IN ('sla_warned', 'sla_breached') RETURNING *)
       SELECT n.id, n."ticketId", n.kind, n.reason, n.facts, t.number, t.subject FROM taken n JOIN ticket t ON t.id = n."ticketId" AND t."deletedAt" IS NULL ORDER BY n.id`,
      [employeeId, ctx.now()],
    );
    const [person] = await this.db.query<Person>(
      ctx,
      `SELECT e.email, e.locale, COALESCE(e."timeZone", i."timeZone") AS "timeZone" FROM employee e CROSS JOIN installation i
       WHERE e.id = $1 AND e."isActive" AND e."archivedAt" IS NULL AND i.id = 1`,
      [employeeId],
    );
    const [first, second] = notices;
    if (!first || !person) return;
    this.lastMails.set(employeeId, ctx.now().getTime());
    if (second) return this.mailList(ctx, person, notices);
    const variables = await ticketTemplateVariables(this.db, ctx, first.ticketId, person.locale);
    if (!variables) return;
    const { locale, timeZone } = person;
    const message = await this.templates.render(ctx, `notifications.${first.kind.replaceAll('_', '-')}`, locale, {
      ...variables,
      sla: wordsOf(first, locale, timeZone),
      reason: reasonWords(first, locale),
    });
    const fromName = variables.organisation.name;
    await this.mailer.queue(ctx, {
      kind: 'notification',
      to: [person.email],
      subjectId: first.ticketId,
      fromName,
      ...message,
    });
  }

  private async mailList(ctx: Ctx, { email, locale, timeZone }: Person, notices: readonly Notice[]): Promise<void> {
    const message = await this.templates.render(ctx, 'notifications.sla-list', locale, {
      count: notices.length,
      more: Math.max(0, notices.length - MOST_IN_A_MAIL) || '',
      url: `${settings().publicUrl}/tickets`,
      notices: notices.slice(0, MOST_IN_A_MAIL).map((notice) => ({
        number: notice.number,
        subject: notice.subject,
        url: `${settings().publicUrl}/tickets/${notice.number}`,
        ...wordsOf(notice, locale, timeZone),
      })),
    });
    await this.mailer.queue(ctx, { kind: 'notification', to: [email], ...message });
  }
}

/** Who hears of it whatever the policy says: the responsible, or the queue; of what is late also the lead. */
const circlesOf = (kind: Kind): string[] =>
  kind === 'sla_breached' ? ['assignee', 'queue', 'team_lead'] : ['assignee', 'queue'];

const wordsOf = ({ facts }: Notice, locale: Locale, timeZone: string) => ({
  metric: metricWords(locale, facts.metric),
  threshold: thresholdWords(locale, facts.threshold),
  due: momentWords(locale, facts.dueAt, timeZone),
});

const reasonWords = ({ reason }: Notice, locale: Locale): string => text(locale, `notifications.reasons.${reason}`);
