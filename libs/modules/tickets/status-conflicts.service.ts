import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { statusJson } from './ticket-card.query';
import type { TicketStatusRef } from './ticket-card.dto';
import type { Ticket } from './ticket.entity';
import { TicketError } from './tickets.errors';

/** What a person saw when he decided to change the status. */
export type SeenStatus = { ifStatusId?: string; ifVersion?: number };
type Leaving = { version: number; before: string; by: string; at: Date };

/** Several people move one ticket at once: the row's lock decides, and the others are shown both versions. */
@Injectable()
export class StatusConflicts {
  constructor(private readonly db: Db) {}

  /**
   * Refuses where the locked ticket is no longer in the status that was seen. `seenId` is the status the wanted transition leads from,
   * for those who did not say what they saw: it counts once the ticket has really been there.
   */
  async check(ctx: Ctx, ticket: Ticket, { ifStatusId, ifVersion }: SeenStatus, seenId?: string): Promise<void> {
    const asked = ifStatusId?.toLowerCase();
    if (asked && asked !== ticket.statusId)
      throw await this.moved(ctx, ticket, asked, await this.left(ctx, ticket, asked));
    if (ifVersion !== undefined && ifVersion < ticket.version) {
      const left = await this.leftSince(ctx, ticket, ifVersion);
      if (left) throw await this.moved(ctx, ticket, left.before, left, ifVersion);
    }
    if (!seenId || seenId === ticket.statusId) return;
    const left = await this.left(ctx, ticket, seenId);
    if (left) throw await this.moved(ctx, ticket, seenId, left);
  }

  /** Refuses where somebody has brought the ticket into the wanted status already. */
  async checkThere(ctx: Ctx, ticket: Ticket, wantedId?: string): Promise<void> {
    if (wantedId !== ticket.statusId) return;
    const [arrived] = await this.changes(ctx, ticket, "AND after #>> '{}' = $2", [wantedId]);
    if (arrived) throw await this.moved(ctx, ticket, arrived.before, arrived);
  }

  private async left(ctx: Ctx, ticket: Ticket, statusId: string): Promise<Leaving | undefined> {
    return (await this.changes(ctx, ticket, `AND before #>> '{}' = $2`, [statusId]))[0];
  }

  private async leftSince(ctx: Ctx, ticket: Ticket, version: number): Promise<Leaving | undefined> {
    return (await this.changes(ctx, ticket, 'AND version > $2', [version])).at(-1);
  }

  /** Changes of the status, the newest first. */
  private changes(ctx: Ctx, { id }: Ticket, condition: string, values: unknown[]): Promise<Leaving[]> {
    return this.db.query<Leaving>(
      ctx,
      `SELECT version, before #>> '{}' AS before, "actorName" AS by, at FROM ticket_change
       WHERE "ticketId" = $1 AND field = 'statusId' ${condition} ORDER BY version DESC LIMIT 200`,
      [id, ...values],
    );
  }

  private async moved(ctx: Ctx, ticket: Ticket, seenId: string, left?: Leaving, seenVersion?: number): Promise<Error> {
    const rows = await this.db.query<{ status: TicketStatusRef }>(
      ctx,
      `SELECT ${statusJson('s', ctx.locale)} AS status FROM ticket_status s WHERE s.id = ANY($1::uuid[])`,
      [[ticket.statusId, seenId]],
    );
    const statusOf = (id: string): TicketStatusRef | null =>
      rows.find(({ status }) => status.id === id)?.status ?? null;
    const current = {
      id: ticket.id,
      number: ticket.number,
      version: ticket.version,
      status: statusOf(ticket.statusId),
    };
    return TicketError.statusMoved(
      { status: current.status?.name ?? '' },
      {
        current,
        seen: { version: seenVersion ?? (left ? left.version - 1 : null), status: statusOf(seenId) },
        by: left?.by ?? null,
        at: left?.at.toISOString() ?? null,
      },
    );
  }
}
