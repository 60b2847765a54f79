import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { On, type PayloadOf } from '@opora/platform/events';
import { t } from '@opora/platform/i18n';
import { isOpen, type StatusCategory } from './ticket-status';
import { TicketTransitions } from './ticket-transitions.service';
import type { CloseRules } from './ticket-type.entity';
import type { Ticket } from './ticket.entity';
import { TicketStatusChanged } from './tickets.events';
import { Tickets } from './tickets.service';
import { type TransitionFacts, TransitionGuards } from './transition-guards';

/** At most this many numbers are told. */
const TOLD = 10;

/**
 * What the end of one ticket means for those above and below it. It follows in a transaction of its own, and locks go from above
 * downwards: nobody waits for anybody in a circle.
 */
@Injectable()
export class TicketFamily implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly transitions: TicketTransitions,
    private readonly guards: TransitionGuards,
  ) {}

  onModuleInit(): void {
    this.guards.register({
      name: 'children',
      isOptional: true,
      label: (ctx) => t(ctx, 'tickets.guard.childrenName'),
      check: (ctx, ticket) => this.openChildren(ctx, ticket),
    });
    // The type may ask for it everywhere.
    this.guards.register({
      name: 'children',
      check: (ctx, ticket, transition) => this.blockedByType(ctx, ticket, transition),
    });
  }

  @On(TicketStatusChanged)
  async follow(ctx: Ctx, { ticketId, toCategory }: PayloadOf<typeof TicketStatusChanged>): Promise<void> {
    if (isOpen(toCategory)) return;
    await this.db.tx(ctx, async (ctx) => {
      await this.closeParent(ctx, ticketId);
      await this.closeChildren(ctx, ticketId);
    });
  }

  private async blockedByType(ctx: Ctx, ticket: Ticket, { toCategory }: TransitionFacts): Promise<string | null> {
    if (isOpen(toCategory) || !isOpen(ticket.statusCategory)) return null;
    const { blockCloseWhileChildrenOpen } = await this.rulesOf(ctx, ticket.typeId);
    return blockCloseWhileChildrenOpen ? this.openChildren(ctx, ticket) : null;
  }

  /** The open tickets below, at any depth, in words; a client is told only how many. */
  private async openChildren(ctx: Ctx, { id }: Ticket): Promise<string | null> {
    const rows = await this.db.prepared<{ number: number }>(
      ctx,
      `WITH RECURSIVE below(id) AS (SELECT id FROM ticket WHERE "parentId" = $1::uuid UNION SELECT c.id FROM ticket c JOIN below b ON c."parentId" = b.id)
       SELECT t.number FROM ticket t JOIN below USING (id) WHERE t."deletedAt" IS NULL AND t."statusCategory" NOT IN ('done', 'closed') ORDER BY t.number`,
      [id],
    );
    if (!rows.length) return null;
    if (ctx.actor.kind === 'contact') return t(ctx, 'tickets.guard.childrenCount', { count: rows.length });
    const numbers = rows.slice(0, TOLD).map(({ number }) => `№ ${number}`);
    return t(ctx, 'tickets.guard.children', { numbers: [...numbers, ...(rows.length > TOLD ? ['…'] : [])].join(', ') });
  }

  /** The parent goes as far as the last of its children has. */
  private async closeParent(ctx: TxCtx, childId: string): Promise<void> {
    const [family] = await this.db.query<{ parentId: string; rules: CloseRules; isClosed: boolean | null }>(
      ctx,
      `SELECT p.id AS "parentId", y."closeRules" AS rules,
         (SELECT bool_and(c."statusCategory" = 'closed') FROM ticket c WHERE c."parentId" = p.id AND c."deletedAt" IS NULL
          HAVING bool_and(c."statusCategory" IN ('done', 'closed'))) AS "isClosed"
       FROM ticket t JOIN ticket p ON p.id = t."parentId" JOIN ticket_type y ON y.id = p."typeId" WHERE t.id = $1 AND p."deletedAt" IS NULL`,
      [childId],
    );
    if (!family?.rules.closeWhenAllChildrenClosed || family.isClosed === null) return;
    const parent = await this.tickets.getForUpdate(ctx, family.parentId, null);
    const reason = t(ctx, 'tickets.family.allClosed');
    await this.end(ctx, parent, family.isClosed ? ['closed', 'done'] : ['done'], reason);
  }

  private async closeChildren(ctx: TxCtx, parentId: string): Promise<void> {
    const children = await this.db.query<{ id: string; category: StatusCategory; number: number }>(
      ctx,
      `SELECT c.id, t."statusCategory" AS category, t.number FROM ticket t JOIN ticket_type y ON y.id = t."typeId" JOIN ticket c ON c."parentId" = t.id
       WHERE t.id = $1 AND (y."closeRules"->>'closeChildrenWithParent')::boolean AND c."deletedAt" IS NULL AND c."statusCategory" <> 'closed' ORDER BY c.id`,
      [parentId],
    );
    for (const { id, category, number } of children) {
      if (isOpen(category)) continue;
      const child = await this.tickets.getForUpdate(ctx, id, null);
      const reason = t(ctx, 'tickets.family.withParent', { number });
      await this.end(ctx, child, category === 'closed' ? ['closed', 'done'] : ['done', 'closed'], reason);
    }
  }

  /** What a guard holds back stays open: its people see why. */
  private async end(ctx: TxCtx, ticket: Ticket, categories: StatusCategory[], reason: string): Promise<void> {
    const { statusCategory: now } = ticket;
    if (now === 'closed' || (now === 'done' && !categories.includes('closed'))) return;
    await this.transitions.tryMove(ctx, ticket, now === 'done' ? ['closed'] : categories, { reason });
  }

  private async rulesOf(ctx: Ctx, typeId: string): Promise<CloseRules> {
    const rows = await this.db.prepared<{ rules: CloseRules }>(
      ctx,
      'SELECT "closeRules" AS rules FROM ticket_type WHERE id = $1::uuid',
      [typeId],
    );
    return rows[0]?.rules ?? {};
  }
}
