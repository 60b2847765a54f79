import type { Ctx, Locale } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { On } from '@opora/platform/events';
import { text } from '@opora/platform/i18n';
import { Mailer } from '@opora/platform/mail';
import { Organisation } from '@opora/platform/organisation';
import { Settings } from '@opora/platform/settings';
import { Templates } from '@opora/platform/templates';
import { Injectable } from '@nestjs/common';
import type { FlowPerson } from './approval-flow';
import { ApprovalLinks } from './approval-links.service';
import { ApprovalReading } from './approval-reading.service';
import { Approval, ApprovalStep } from './approval.entity';
import { ApprovalAsked, ApprovalOverdue, ApprovalReminded, ApprovalStuck } from './approvals.events';
import { moneyWords } from './route-choice';

type Addressee = { email: string; locale: Locale; name: string; timeZone: string };

/** Mails with which one decides: the question, its reminder, its end. They go to whoever is asked; the rest notifications tell. */
@Injectable()
export class ApprovalMails {
  constructor(
    private readonly db: Db,
    private readonly mailer: Mailer,
    private readonly templates: Templates,
    private readonly links: ApprovalLinks,
    private readonly reading: ApprovalReading,
    private readonly organisation: Organisation,
    private readonly settings: Settings,
  ) {}

  @On(ApprovalAsked)
  async asked(ctx: Ctx, { stepIds, approvalId }: ReturnType<typeof ApprovalAsked>['payload']): Promise<void> {
    for (const stepId of stepIds) await this.mailStep(ctx, approvalId, stepId, 'approvals.asked');
  }

  @On(ApprovalReminded)
  async reminded(ctx: Ctx, { stepIds, approvalId }: ReturnType<typeof ApprovalReminded>['payload']): Promise<void> {
    for (const stepId of stepIds) await this.mailStep(ctx, approvalId, stepId, 'approvals.reminded');
  }

  /** The approver himself; initiator and superiors are told by notifications. */
  @On(ApprovalOverdue)
  async overdue(ctx: Ctx, event: ReturnType<typeof ApprovalOverdue>['payload']): Promise<void> {
    if (!event.isEscalation) await this.mailStep(ctx, event.approvalId, event.stepId, 'approvals.overdue');
  }

  /** Nobody is left to decide: whoever can hand the step over must know. */
  @On(ApprovalStuck)
  async stuck(ctx: Ctx, event: ReturnType<typeof ApprovalStuck>['payload']): Promise<void> {
    const approval = await this.db.repo(ctx, Approval).findOneBy({ id: event.approvalId });
    if (!approval) return;
    const people = await this.reading.people(ctx, [event.person.id]);
    for (const person of event.to) {
      const to = await this.addressee(ctx, person);
      if (!to) continue;
      const approver = { name: people.get(event.person.id)?.name ?? '' };
      await this.send(ctx, to, 'approvals.stuck', person, approval, {
        approver,
        url: `${this.settings.publicUrl}/approvals/${event.approvalId}`,
      });
    }
  }

  /** With a link of the step's own, unless it is over by now. */
  private async mailStep(ctx: Ctx, approvalId: string, stepId: string, template: string): Promise<void> {
    const step = await this.db.repo(ctx, ApprovalStep).findOneBy({ id: stepId });
    const approval = await this.db.repo(ctx, Approval).findOneBy({ id: approvalId });
    if (!approval || step?.state !== 'asked') return;
    const person: FlowPerson = { kind: step.personKind, id: step.personId };
    const to = await this.addressee(ctx, person);
    if (!to) return;
    const dueAt =
      step.dueAt &&
      new Intl.DateTimeFormat(to.locale === 'ru' ? 'ru-RU' : 'en-GB', {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: to.timeZone,
      }).format(step.dueAt);
    await this.send(ctx, to, template, person, approval, { url: await this.links.urlOf(ctx, stepId), dueAt });
  }

  private async send(
    ctx: Ctx,
    to: Addressee,
    template: string,
    { kind }: FlowPerson,
    approval: Approval,
    more: Record<string, unknown>,
  ): Promise<void> {
    const { name: organisation } = await this.organisation.get(ctx);
    const people = await this.reading.people(ctx, [approval.initiatorId]);
    const { number, title, amount, currency } = approval;
    const message = await this.templates.render(ctx, template, to.locale, {
      approval: {
        number,
        title,
        text: approval.text,
        amount: amount === null ? '' : moneyWords(amount, currency, to.locale),
        initiator: people.get(approval.initiatorId)?.name ?? text(to.locale, 'approvals.somebody'),
      },
      person: { name: to.name },
      organisation: { name: organisation },
      ...more,
    });
    await this.mailer.queue(ctx, {
      // A client is asked by a person of the house: this is his mail, not one of the machine's own.
      kind: kind === 'contact' ? 'reply' : 'notification',
      to: [to.email],
      subjectId: approval.ticketId ?? undefined,
      fromName: organisation,
      ...message,
    });
  }

  private async addressee(ctx: Ctx, { kind, id }: FlowPerson): Promise<Addressee | undefined> {
    const zone = `(SELECT "timeZone" FROM installation WHERE id = 1)`;
    const [row] = await this.db.query<Addressee>(
      ctx,
      kind === 'employee'
        ? `SELECT email, locale, name, COALESCE("timeZone", ${zone}) AS "timeZone" FROM employee WHERE id = $1 AND "isActive" AND "archivedAt" IS NULL`
        : `SELECT m.email, c.locale, c.name, ${zone} AS "timeZone" FROM contact c JOIN contact_email m ON m."contactId" = c.id AND m."isPrimary" WHERE c.id = $1 AND c."archivedAt" IS NULL`,
      [id],
    );
    return row;
  }
}
