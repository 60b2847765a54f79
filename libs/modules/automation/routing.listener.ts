import { isOpen, type Ticket, TicketChanged, TicketRerouting } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { ProblemError, raise } from '@opora/platform/errors';
import { On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { RoutingRows } from './routing-rows.service';

const DECIDING = new Set(['typeId', 'companyId', 'objectId']);

/** a ticket that nobody works on follows a change of its type, company or object. */
@Injectable()
export class RoutingListener {
  constructor(
    private readonly rows: RoutingRows,
    private readonly rerouting: TicketRerouting,
  ) {}

  @On(TicketChanged)
  async follow(ctx: Ctx, { ticketId, fields }: PayloadOf<typeof TicketChanged>): Promise<void> {
    if (!fields.some((field) => DECIDING.has(field))) return;
    const { reroutes } = await this.rows.settings(ctx);
    if (reroutes === 'never') return;
    // Gone meanwhile: into the bin, into another ticket.
    await this.rerouting
      .run(ctx, ticketId, null, isFree)
      .catch((error: unknown) => isRefusal(error) || raise(error as Error));
  }
}

/** Nobody works on it, and nobody named its team. */
const isFree = ({ statusCategory, assigneeId, teamId, routing, deletedAt }: Ticket): boolean =>
  isOpen(statusCategory) &&
  !deletedAt &&
  !assigneeId &&
  (!teamId || routing?.by === 'row' || routing?.by === 'responsible');

const isRefusal = (error: unknown): boolean => error instanceof ProblemError;
