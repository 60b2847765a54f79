import { Injectable } from '@nestjs/common';
import { Responsibles, type ResponsibleStep } from '@opora/modules/clients';
import type { Cause, Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { FactSource } from './ticket-facts';
import type { RoutingReason } from './ticket-routing-reason';

/** Whom a router chose, and by which of its rows. */
export type Route = {
  teamId: string | null;
  assigneeId: string | null;
  because: { id: string; name: string };
  /** Those who would have got it, had they been there. */
  absent: readonly string[];
};
/** A module above that knows whose work a ticket is when its client names nobody. */
export type TicketRouter = { route(ctx: Ctx, source: FactSource): Promise<Route | null> };

/** Who gets a ticket that nobody was named for, and why. */
export type Placement = {
  assigneeId: string | null;
  teamId: string | null;
  routing: RoutingReason;
  /** Stands in the history instead of the cause of the whole change. */
  cause?: Cause;
};

/** Whose work a ticket is: the client's responsible first, then whoever the routers above name. */
@Injectable()
export class TicketRouting {
  private readonly routers: TicketRouter[] = [];

  constructor(private readonly responsibles: Responsibles) {}

  /** Adds a router of a module above, in its onModuleInit. The first that answers counts. */
  register(router: TicketRouter): void {
    this.routers.push(router);
  }

  async decide(ctx: Ctx, source: FactSource): Promise<Placement | null> {
    const step = await this.responsibles.find(ctx, source);
    if (step) return placementOf(step);
    for (const router of this.routers) {
      const route = await router.route(ctx, source);
      if (route) return placedBy(ctx, route);
    }
    return null;
  }
}

const placementOf = ({ from, assignee, assigneeTeam, absent }: ResponsibleStep): Placement => ({
  assigneeId: assignee?.id ?? null,
  teamId: assigneeTeam?.id ?? null,
  routing: {
    by: 'responsible',
    id: from.id,
    name: from.name,
    level: from.kind,
    absent: absent.map(({ name }) => name),
  },
});

const placedBy = (ctx: Ctx, { teamId, assigneeId, because: { id, name }, absent }: Route): Placement => ({
  teamId,
  assigneeId,
  routing: { by: 'row', id, name, level: null, absent: [...absent] },
  cause: { kind: 'rule', id, name: t(ctx, 'tickets.routeNamed', { name }) },
});
