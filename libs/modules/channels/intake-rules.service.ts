import { Injectable } from '@nestjs/common';
import { REOPEN_DAYS } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { text } from '@opora/platform/i18n';
import { Organisation } from '@opora/platform/organisation';
import type { IntakeRow } from './intake.service';
import type { IntakeReason, IntakeState } from './intake-message.entity';
import { MailEffects } from './mail-effects.service';
import { type FoundTicket, MailThreads } from './mail-threads.service';
import type { Mailbox } from './mailbox.entity';
import { escapeHtml } from './mail/mail-html';
import type { ParsedMail } from './mail/mail-parse';

export type Arrival = { row: IntakeRow; mail: ParsedMail; mailbox: Mailbox | undefined; ours: readonly string[] };
export type Outcome = {
  state: Exclude<IntakeState, 'received'>;
  reason: IntakeReason;
  facts?: Record<string, string | number>;
  ticketId?: string | null;
  commentId?: string | null;
  duplicateOfId?: string | null;
};
/** What an agent has decided about a held mail. */
export type Forced = { decision: 'attach'; ticketId: string } | { decision: 'new_ticket' };

const DAY_MS = 86_400_000;

/** The order of decision about an inbound mail. Every path ends in exactly one outcome. */
@Injectable()
export class IntakeRules {
  constructor(
    private readonly threads: MailThreads,
    private readonly effects: MailEffects,
    private readonly organisation: Organisation,
  ) {}

  async apply(ctx: Ctx, arrival: Arrival, forced?: Forced): Promise<Outcome> {
    if (forced?.decision === 'attach') return this.comment(ctx, arrival, forced.ticketId, 'attachedByAgent');
    if (forced) return this.open(ctx, arrival, 'openedByAgent');
    return (
      (await this.asRepeat(ctx, arrival)) ??
      (await this.asReport(ctx, arrival)) ??
      (await this.asAnswer(ctx, arrival)) ??
      (await this.asReply(ctx, arrival)) ??
      this.open(
        ctx,
        arrival,
        arrival.mail.clues.taggedNumbers.length || arrival.mail.clues.messageIds.length
          ? 'unknownTicket'
          : 'newRequest',
      )
    );
  }

  /** 1. Taken before, or a mail of our own. */
  private async asRepeat(ctx: Ctx, { row, mail }: Arrival): Promise<Outcome | undefined> {
    const repeat = await this.threads.findRepeat(ctx, row, mail);
    if (!repeat) return undefined;
    const state = repeat.kind === 'ownMail' ? 'ignored' : 'duplicate';
    return { state, reason: repeat.kind, ticketId: repeat.ticketId, duplicateOfId: repeat.id };
  }

  /** 2. A delivery report: shown on the ticket it belongs to, never a ticket. */
  private async asReport(ctx: Ctx, { mail }: Arrival): Promise<Outcome | undefined> {
    const { classification, report } = mail;
    if (classification.kind !== 'report' || !report) return undefined;
    const sent = await this.threads.findReported(ctx, [...report.originalIds, ...mail.clues.messageIds]);
    const strong = sent?.ticketId
      ? undefined
      : await this.threads.findTicket(ctx, { ...mail.clues, taggedNumbers: [] }, null);
    const ticketId = sent?.ticketId ?? strong?.id;
    const reason = (
      { failed: 'deliveryFailed', delayed: 'deliveryDelayed', delivered: 'delivered', read: 'readReceipt' } as const
    )[report.fate];
    const facts = {
      recipient: report.recipients[0] ?? sent?.to[0] ?? '',
      status: report.status,
      diagnostic: report.diagnostic,
    };
    if (sent && report.fate === 'failed')
      await this.effects.noteDeliveryFailure(
        ctx,
        sent.id,
        [report.status, report.diagnostic].filter(Boolean).join(' '),
      );
    if (!ticketId) return { state: 'ignored', reason: 'reportWithoutTicket', facts };
    const { locale } = await this.organisation.get(ctx);
    const commentId = await this.effects.note(
      ctx,
      ticketId,
      `<p>${escapeHtml(text(locale, `channels.reports.${reason}`, facts))}</p>`,
      'bounce',
    );
    return { state: 'recorded', reason, facts, ticketId, commentId };
  }

  /** 3. A machine's answer: recorded without any effect on the ticket. */
  private async asAnswer(ctx: Ctx, { mail }: Arrival): Promise<Outcome | undefined> {
    const { classification, clues, from } = mail;
    if (classification.kind !== 'answer') return undefined;
    const facts = { sign: classification.sign };
    const ticket = await this.threads.findTicket(ctx, clues, from?.address ?? null);
    if (!ticket || !(ticket.isStrong || ticket.isParticipant))
      return { state: 'ignored', reason: 'answerWithoutTicket', facts };
    const commentId = await this.effects.note(
      ctx,
      ticket.id,
      this.effects.bodyOf(mail),
      'auto_reply',
      from?.name || from?.address,
    );
    return { state: 'recorded', reason: 'answerOfRobot', facts, ticketId: ticket.id, commentId };
  }

  /** 4 and 5. A message for a ticket we know; from a stranger it is held and gives him nothing. */
  private async asReply(ctx: Ctx, arrival: Arrival): Promise<Outcome | undefined> {
    const { mail, ours } = arrival;
    const ticket = await this.threads.findTicket(ctx, mail.clues, mail.from?.address ?? null);
    if (!ticket) return undefined;
    if (ticket.isParticipant)
      return isTooLate(ticket, ctx.now())
        ? this.open(ctx, arrival, 'closedForGood', ticket)
        : this.comment(ctx, arrival, ticket.id, 'reply');
    if (ticket.employeeId && !ours.includes(mail.from?.address ?? '')) {
      // A sender's address can be forged, so what claims to be a colleague's never goes out to the client.
      const commentId = await this.effects.noteOfEmployee(ctx, ticket.id, ticket.employeeId, mail);
      return { state: 'comment_added', reason: 'replyOfEmployee', ticketId: ticket.id, commentId };
    }
    return { state: 'held', reason: 'notParticipant', facts: { number: ticket.number } };
  }

  private async comment(ctx: Ctx, { mail }: Arrival, ticketId: string, reason: IntakeReason): Promise<Outcome> {
    const commentId = await this.effects.comment(ctx, ticketId, mail);
    return { state: 'comment_added', reason, ticketId, commentId };
  }

  /** 6. A new ticket; after a ticket closed for good, its child. */
  private async open(
    ctx: Ctx,
    { row, mail, mailbox, ours }: Arrival,
    reason: IntakeReason,
    parent?: FoundTicket,
  ): Promise<Outcome> {
    const ticketId = await this.effects.open(ctx, mail, { intakeId: row.id, mailbox, parentId: parent?.id, ours });
    return {
      state: 'ticket_created',
      reason: mail.from ? reason : 'noSender',
      facts: parent ? { number: parent.number } : {},
      ticketId,
    };
  }
}

const isTooLate = ({ statusCategory, closedAt }: FoundTicket, now: Date): boolean =>
  statusCategory === 'closed' && closedAt !== null && now.getTime() - closedAt.getTime() > REOPEN_DAYS * DAY_MS;
