import { Injectable } from '@nestjs/common';
import { CommentUndone, TicketCommented, TicketCreated, TicketStatusChanged } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { Mailer } from '@opora/platform/mail';
import { TellSolved } from './ticket-mail.events';
import { TicketMail } from './ticket-mail.service';

/** Long enough for the author of a solving comment to take it back. */
const SOLVED_AFTER_MS = 15_000;

/** What happens to a ticket and the client hears of by mail. */
@Injectable()
export class TicketMailListener {
  constructor(
    private readonly mail: TicketMail,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
  ) {}

  @On(TicketCommented)
  async sendReply(ctx: Ctx, { ticketId, commentId, audience, authorKind, kind }: PayloadOf<typeof TicketCommented>): Promise<void> {
    if (kind === 'comment' && audience.includes('client') && authorKind !== 'contact') await this.mail.sendReply(ctx, ticketId, commentId);
  }

  @On(CommentUndone)
  async takeBack(ctx: Ctx, { commentId }: PayloadOf<typeof CommentUndone>): Promise<void> {
    await this.mailer.cancelForComment(ctx, commentId);
  }

  @On(TicketCreated)
  async acknowledge(ctx: Ctx, { ticketId, source }: PayloadOf<typeof TicketCreated>): Promise<void> {
    if (source === 'email' || source === 'portal' || source === 'phone') await this.mail.acknowledge(ctx, ticketId);
  }

  @On(TicketStatusChanged)
  async planSolved(ctx: Ctx, { ticketId, toCategory, fromCategory, actorKind }: PayloadOf<typeof TicketStatusChanged>): Promise<void> {
    if (toCategory !== 'done' || fromCategory === 'done' || actorKind === 'contact') return;
    await this.jobs.enqueue(ctx, TellSolved({ ticketId }), { at: new Date(ctx.now().getTime() + SOLVED_AFTER_MS), key: ticketId });
  }

  @Handles(TellSolved)
  async tellSolved(ctx: Ctx, { ticketId }: PayloadOf<typeof TellSolved>): Promise<void> {
    await this.mail.tellSolved(ctx, ticketId);
  }
}
