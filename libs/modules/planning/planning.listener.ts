import { Injectable } from '@nestjs/common';
import { isOpen, TicketDeleted, TicketStatusChanged } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { On, type PayloadOf } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { PlanFilling } from './plan-filling.service';
import type { PlannedOccurrence } from './planned-ticket.entity';

/** Plans that go by when the last ticket was done. */
@Injectable()
export class PlanningListener {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly filling: PlanFilling,
  ) {}

  @On(TicketStatusChanged)
  async followWork(
    ctx: Ctx,
    { ticketId, fromCategory, toCategory }: PayloadOf<typeof TicketStatusChanged>,
  ): Promise<void> {
    if (isOpen(fromCategory) === isOpen(toCategory)) return;
    await this.follow(ctx, ticketId, isOpen(toCategory));
  }

  @On(TicketDeleted)
  async followBin(ctx: Ctx, { ticketId }: PayloadOf<typeof TicketDeleted>): Promise<void> {
    await this.follow(ctx, ticketId, false);
  }

  /** Done: the next date is known. Reopened: it is not known any more. */
  private follow(ctx: Ctx, ticketId: string, isReopened: boolean): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const made = await this.madeFor(ctx, ticketId);
      if (!made) return;
      this.live.touch(ctx, ['planned-tickets'], 'staff');
      const plan = await this.filling.lock(ctx, made.plannedId);
      if (!plan?.rule.afterDone || plan.archivedAt || !plan.isActive) return;
      if (isReopened) await this.forget(ctx, made);
      else await this.filling.follow(ctx, plan, { objectId: made.objectId });
    });
  }

  private async madeFor(ctx: TxCtx, ticketId: string): Promise<PlannedOccurrence | undefined> {
    const [row] = await this.db.query<PlannedOccurrence>(
      ctx,
      'SELECT * FROM planned_occurrence WHERE "ticketId" = $1',
      [ticketId],
    );
    return row;
  }

  private forget(ctx: TxCtx, { plannedId, objectId, plannedAt }: PlannedOccurrence): Promise<unknown> {
    return this.db.query(
      ctx,
      `DELETE FROM planned_occurrence WHERE "plannedId" = $1 AND "objectId" IS NOT DISTINCT FROM $2 AND state = 'planned' AND "decidedById" IS NULL AND "plannedAt" > $3`,
      [plannedId, objectId, plannedAt],
    );
  }
}
