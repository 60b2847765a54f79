import { Injectable } from '@nestjs/common';
import { TicketCommented, TicketCreated, TicketStatusChanged } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { SendReply, TellSolved } from './ticket-mail.jobs';
import { TicketMail } from './ticket-mail.service';

/** Long enough for the author of a solving comment to take it back. */
const SOLVED_AFTER_MS = 15_000;
/** Somebody may have pressed «undo» in the last moment. */
const SETTLED_AFTER_MS = 500;

/** What happens to a ticket and the client hears of by mail. */
@Injectable()
export class TicketMailListener {
  constructor(
    private readonly mail: TicketMail,
    private readonly jobs: Jobs,
  ) {}

  /** The answer is read again when it is due: one that was taken back meanwhile is nobody's mail. */
  @On(TicketCommented)
  async planReply(
    ctx: Ctx,
    { ticketId, commentId, audience, authorKind, kind, visibleAt }: PayloadOf<typeof TicketCommented>,
  ): Promise<void> {
    if (kind !== 'comment' || !audience.includes('client') || authorKind === 'contact') return;
    await this.jobs.enqueue(ctx, SendReply({ ticketId, commentId }), {
      at: new Date(Date.parse(visibleAt) + SETTLED_AFTER_MS),
    });
  }

  @Handles(SendReply)
  async sendReply(ctx: Ctx, { ticketId, commentId }: PayloadOf<typeof SendReply>): Promise<void> {
    await this.mail.sendReply(ctx, ticketId, commentId);
  }

  @On(TicketCreated)
  async acknowledge(ctx: Ctx, { ticketId, source }: PayloadOf<typeof TicketCreated>): Promise<void> {
    if (source === 'email' || source === 'portal' || source === 'phone') await this.mail.acknowledge(ctx, ticketId);
  }

  @On(TicketStatusChanged)
  async planSolved(
    ctx: Ctx,
    { ticketId, toCategory, fromCategory, actorKind }: PayloadOf<typeof TicketStatusChanged>,
  ): Promise<void> {
    if (toCategory !== 'done' || fromCategory === 'done' || actorKind === 'contact') return;
    await this.jobs.enqueue(ctx, TellSolved({ ticketId }), {
      at: new Date(ctx.now().getTime() + SOLVED_AFTER_MS),
      key: ticketId,
    });
  }

  @Handles(TellSolved)
  async tellSolved(ctx: Ctx, { ticketId }: PayloadOf<typeof TellSolved>): Promise<void> {
    await this.mail.tellSolved(ctx, ticketId);
  }
}
