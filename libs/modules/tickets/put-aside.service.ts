import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { defineJob, Events, Handles, Jobs, type PayloadOf } from '@opora/platform/events';
import type { PutAsideInput } from './put-aside.dto';
import type { TicketCard } from './ticket-card.query';
import { entering, isOpen, type StatusCategory } from './ticket-status';
import type { Ticket } from './ticket.entity';
import { doerOf, type TicketPatch, TicketWriter } from './ticket-writer.service';
import { TicketPermission } from './tickets.access';
import { TicketError } from './tickets.errors';
import { TicketPutAside, TicketResumed } from './tickets.events';
import { Tickets } from './tickets.service';

/** The moment has come until which a ticket was put aside. */
export const ResumeTicket = defineJob<{ ticketId: string; until: string }>('tickets.resume');

type Why = PayloadOf<typeof TicketResumed>['why'];

/** Tickets put aside until a moment: they return by themselves, or when somebody or the client cannot wait. */
@Injectable()
export class PutAside {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
  ) {}

  put(ctx: Ctx, key: string, { until: moment, returnStatusId, reason }: PutAsideInput): Promise<TicketCard> {
    const until = new Date(moment);
    if (until <= ctx.now()) throw fieldProblem('/until', 'tickets.putAsidePast');
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.transition);
      if (!isOpen(ticket.statusCategory)) throw TicketError.notOpen();
      const status = returnStatusId ? await this.statusOf(ctx, ticket, returnStatusId) : null;
      if (returnStatusId && !status) throw fieldProblem('/returnStatusId', 'tickets.statusUnknown');
      // A guard may stand before the end of the work: time does not lead round it.
      if (status && !isOpen(status.category)) throw fieldProblem('/returnStatusId', 'tickets.returnStatusOver');
      const returnTo = status?.id ?? null;
      await this.writer.change(ctx, ticket, { putAsideUntil: until, putAsideReturnStatusId: returnTo }, { reason });
      const { actorKind, actorId } = doerOf(ctx);
      const fact = { ticketId: ticket.id, until: until.toISOString(), returnStatusId: returnTo };
      await this.events.publish(ctx, TicketPutAside({ actorKind, actorId, ...fact }));
      await this.jobs.enqueue(ctx, ResumeTicket({ ticketId: ticket.id, until: fact.until }), { at: until });
      return this.tickets.get(ctx, ticket.id);
    });
  }

  /** Back before its moment. */
  resume(ctx: Ctx, key: string): Promise<TicketCard> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.transition);
      if (!ticket.putAsideUntil) throw TicketError.notPutAside();
      await this.wake(ctx, ticket, 'person');
      return this.tickets.get(ctx, ticket.id);
    });
  }

  @Handles(ResumeTicket)
  async due(ctx: Ctx, { ticketId, until }: PayloadOf<typeof ResumeTicket>): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, ticketId, null, { inBin: true, merged: true });
      // A merged ticket waits until it is taken apart again.
      if (ticket.mergedIntoId) return;
      // Put aside anew, or back already.
      if (ticket.putAsideUntil?.toISOString() === until) await this.wake(ctx, ticket, 'time');
    });
  }

  /** Brings the locked ticket back into its status, unless it stays in the one it has just been given. */
  async wake(ctx: TxCtx, ticket: Ticket, why: Why, { stays = false } = {}): Promise<void> {
    const { putAsideReturnStatusId: returnTo } = ticket;
    const moves = returnTo && !stays && isOpen(ticket.statusCategory);
    const status = moves ? await this.statusOf(ctx, ticket, returnTo) : null;
    const patch: TicketPatch = { putAsideUntil: null, putAsideReturnStatusId: null };
    if (status && status.id !== ticket.statusId)
      Object.assign(patch, {
        statusId: status.id,
        statusCategory: status.category,
        ...(status.category === ticket.statusCategory ? {} : entering(status.category, ctx.now(), ticket)),
      });
    await this.writer.change(ctx, ticket, patch);
    const { actorKind, actorId } = doerOf(ctx);
    const { id: ticketId, statusId, assigneeId } = ticket;
    await this.events.publish(ctx, TicketResumed({ actorKind, actorId, ticketId, why, statusId, assigneeId }));
  }

  private async statusOf(ctx: Ctx, { processId }: Ticket, id: string) {
    const [status] = await this.db.query<{ id: string; category: StatusCategory }>(
      ctx,
      'SELECT id, category FROM ticket_status WHERE id = $1 AND $2::uuid = ANY("processIds")',
      [id, processId],
    );
    return status ?? null;
  }
}
