import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { mergeRefusal, type MergedContact, type MergedSide, staysWith } from './ticket-merge-clients';
import { LOCK_MERGE, SIDES } from './ticket-merge.query';
import type { Standing } from './ticket-merge-standing';
import type { Ticket } from './ticket.entity';
import { byKey } from './ticket-card.query';
import { TicketPermission, visibleTo } from './tickets.access';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

export type MergeCast = { survivor: Ticket; merged: Ticket[]; known: Map<string, Ticket> };
type SideRow = MergedSide & { id: string };

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

export const standingOf = (ticket: Ticket): Standing => ({
  awaiting: ticket.awaiting,
  lastClientMessageAt: iso(ticket.lastClientMessageAt),
  lastStaffReplyAt: iso(ticket.lastStaffReplyAt),
  publicUpdatedAt: iso(ticket.publicUpdatedAt),
});

/** The tickets of a merge: found, locked in one order, and allowed to come together. */
@Injectable()
export class TicketMergeRows {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
  ) {}

  /** Ids of the survivor and of what is to be merged into it, as the actor sees them. */
  async idsOf(ctx: Ctx, key: string, ticketIds: readonly string[]): Promise<{ toId: string; fromIds: string[] }> {
    const toId = await this.tickets.idOf(ctx, key);
    const fromIds = [...new Set(ticketIds.map((id) => id.toLowerCase()))];
    const self = ticketIds.findIndex((id) => id.toLowerCase() === toId);
    if (self >= 0) throw fieldProblem(`/ticketIds/${self}`, 'tickets.mergeItself');
    const params = new SqlParams();
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT t.id FROM ticket t WHERE t.id = ANY(${params.add(fromIds)}::uuid[]) AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    if (rows.length !== fromIds.length) throw TicketError.notFound();
    return { toId, fromIds };
  }

  /** Locks the tickets and the children of the merged ones; every one must be the actor's to change, and none merged already. */
  async lock(ctx: TxCtx, toId: string, fromIds: readonly string[]): Promise<MergeCast> {
    await this.db.query(ctx, LOCK_MERGE, [[toId, ...fromIds], fromIds]);
    const survivor = await this.tickets.getForUpdate(ctx, toId, TicketPermission.update);
    const merged: Ticket[] = [];
    for (const id of fromIds) merged.push(await this.tickets.getForUpdate(ctx, id, TicketPermission.update));
    return { survivor, merged, known: new Map([survivor, ...merged].map((ticket) => [ticket.id, ticket])) };
  }

  /** The contacts who go on hearing, and those who do not; refuses what would show one client's words to another. */
  async people(
    ctx: Ctx,
    toId: string,
    fromIds: readonly string[],
  ): Promise<{ staying: MergedContact[]; leaving: MergedContact[]; isInner: boolean }> {
    const rows = await this.db.query<SideRow>(ctx, SIDES, [[toId, ...fromIds]]);
    const survivor = rows.find(({ id }) => id === toId) ?? raise(TicketError.notFound());
    const merged = rows.filter(({ id }) => id !== toId);
    const refusal = mergeRefusal(survivor, merged);
    if (refusal) throw TicketError[refusal]();
    const known = new Set(survivor.contacts.map(({ id }) => id));
    const brought = new Map(merged.flatMap(({ contacts }) => contacts.map((one) => [one.id, one] as const)));
    const fresh = [...brought.values()].filter(({ id }) => !known.has(id));
    return {
      staying: fresh.filter((one) => staysWith(survivor, one)),
      leaving: fresh.filter((one) => !staysWith(survivor, one)),
      isInner: survivor.isInner,
    };
  }

  /** Where an old number leads by now, if that is another ticket and the actor may see it. */
  async survivorOf(ctx: Ctx, key: string): Promise<string | undefined> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ id: string }>(
      ctx,
      `SELECT t.id FROM ticket k JOIN ticket t ON t.id = ticket_survivor(k.id)
       WHERE ${byKey(key, params, 'k')} AND k."mergedIntoId" IS NOT NULL AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return row?.id;
  }
}
