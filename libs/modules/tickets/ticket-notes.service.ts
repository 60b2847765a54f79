import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { DeadlinePromises } from './deadline-promises.service';
import { type FieldChange, TicketWriter } from './ticket-writer.service';
import { Tickets } from './tickets.service';

/** Lines that modules above write into a ticket's history: a worklog, a tick, an excused breach. */
@Injectable()
export class TicketNotes {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly promises: DeadlinePromises,
  ) {}

  /** Adds the lines as one new version of the ticket; `field` is worded as `tickets.field.<field>` of any module. */
  add(ctx: Ctx, ticketId: string, lines: FieldChange[], reason?: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, ticketId, null);
      await this.writer.change(ctx, ticket, {}, { reason, extra: lines });
    });
  }

  /** Sets the date promised by hand, or takes it back; the actor needs the right to promise on this ticket. */
  setDeadline(ctx: Ctx, key: string, deadlineAt: Date | null, reason?: string): Promise<string> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, null);
      await this.promises.demand(ctx, ticket.id);
      await this.writer.change(ctx, ticket, { deadlineAt }, { reason });
      return ticket.id;
    });
  }
}
