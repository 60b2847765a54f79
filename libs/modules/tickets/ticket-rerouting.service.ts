import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { type Placement, TicketRouting } from './ticket-routing.service';
import type { Ticket } from './ticket.entity';
import { TicketWriter } from './ticket-writer.service';
import { Tickets } from './tickets.service';

/** Asks again whose work a ticket is. */
@Injectable()
export class TicketRerouting {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly routing: TicketRouting,
    private readonly writer: TicketWriter,
  ) {}

  /** Gives the ticket to whoever would get it if it came in now; where that is nobody, or `isWanted` says no, it stays where it is. */
  async run(
    ctx: Ctx,
    key: string,
    permission: string | null,
    isWanted: (ticket: Ticket) => boolean = () => true,
  ): Promise<Placement | null> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, permission);
      if (!isWanted(ticket)) return null;
      const placement = await this.routing.decide(ctx, asNew(ticket));
      if (!placement) return null;
      const { teamId, assigneeId, routing, cause } = placement;
      // What a macro or a rule does stays its own in the history; by itself the row signs.
      const isOwn = ctx.cause.kind !== 'system' || !cause;
      const reason = isOwn ? routing.name : null;
      await this.writer.change(isOwn ? ctx : { ...ctx, cause }, ticket, { teamId, assigneeId, routing }, { reason });
      return placement;
    });
  }
}

/** As if nobody had been named yet. */
const asNew = <Row extends { teamId: string | null; assigneeId: string | null }>(ticket: Row): Row => ({
  ...ticket,
  teamId: null,
  assigneeId: null,
});
