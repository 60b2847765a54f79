import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { statusJson } from './ticket-card.query';
import type { LinkDirection, LinkKind, TicketLinkRow } from './ticket-link.entity';
import type { AddTicketLink, TicketLinkView } from './ticket-links.dto';
import { LOCK_MERGE } from './ticket-merge.query';
import type { Ticket } from './ticket.entity';
import { doerOf, TicketWriter } from './ticket-writer.service';
import { TicketPermission, visibleTo } from './tickets.access';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

export type LinkRow = Pick<TicketLinkRow, 'id' | 'kind' | 'createdAt' | 'createdByName'> & {
  direction: LinkDirection;
  ticket: TicketLinkView['ticket'];
};

/** A ticket has at most so many links. */
const MOST_LINKS = 200;

/** Links between tickets: each is shown only to those who see both ends. */
@Injectable()
export class TicketLinks {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
  ) {}

  async list(ctx: Ctx, key: string): Promise<LinkRow[]> {
    return this.find(ctx, await this.tickets.idOf(ctx, key));
  }

  add(ctx: Ctx, key: string, { ticketId, kind, direction }: AddTicketLink): Promise<LinkRow> {
    return this.db.tx(ctx, async (ctx) => {
      const id = await this.tickets.idOf(ctx, key);
      const otherId = await this.tickets.idOf(ctx, ticketId);
      if (id === otherId) throw fieldProblem('/ticketId', 'tickets.linkItself');
      await this.db.query(ctx, LOCK_MERGE, [[id, otherId], []]);
      const ticket = await this.tickets.getForUpdate(ctx, id, TicketPermission.update);
      const other = await this.tickets.getForUpdate(ctx, otherId, null);
      if ((await this.count(ctx, id)) >= MOST_LINKS) throw TicketError.tooManyLinks({ limit: MOST_LINKS });
      const [from, to] = direction === 'inward' ? [other, ticket] : [ticket, other];
      const { actorId, actorName } = doerOf(ctx);
      const [added] = await this.db.query<{ id: string }>(
        ctx,
        `INSERT INTO ticket_link (id, "fromId", "toId", kind, "createdAt", "createdById", "createdByName") VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING RETURNING id`,
        [newId(), from.id, to.id, kind, ctx.now(), actorId, actorName],
      );
      if (!added) throw TicketError.linkExists();
      await this.tell(ctx, from, to, kind, true);
      return (await this.find(ctx, id, added.id))[0] ?? raise(TicketError.linkNotFound());
    });
  }

  remove(ctx: Ctx, key: string, linkId: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const id = await this.tickets.idOf(ctx, key);
      const [link] = await this.find(ctx, id, linkId);
      if (!link) throw TicketError.linkNotFound();
      await this.db.query(ctx, LOCK_MERGE, [[id, link.ticket.id], []]);
      const ticket = await this.tickets.getForUpdate(ctx, id, TicketPermission.update);
      const other = await this.tickets.getForUpdate(ctx, link.ticket.id, null, { merged: true });
      const gone = await this.db.query(ctx, 'DELETE FROM ticket_link WHERE id = $1 RETURNING id', [linkId]);
      if (!gone.length) throw TicketError.linkNotFound();
      const [from, to] = link.direction === 'inward' ? [other, ticket] : [ticket, other];
      await this.tell(ctx, from, to, link.kind, false);
    });
  }

  /** A line in the history of either ticket. */
  private async tell(ctx: TxCtx, from: Ticket, to: Ticket, kind: LinkKind, isAdded: boolean): Promise<void> {
    const sides = [
      [from, to, 'outward'],
      [to, from, 'inward'],
    ] as const;
    for (const [ticket, { id, number, subject }, direction] of sides) {
      const link = { kind, direction, ticket: { id, number, subject } };
      const extra = [{ field: 'links', before: isAdded ? null : link, after: isAdded ? link : null }];
      await this.writer.change(ctx, ticket, {}, { extra });
    }
  }

  private async count(ctx: Ctx, id: string): Promise<number> {
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      'SELECT count(*)::int AS count FROM ticket_link WHERE "fromId" = $1 OR "toId" = $1',
      [id],
    );
    return row!.count;
  }

  private find(ctx: Ctx, id: string, linkId?: string): Promise<LinkRow[]> {
    const params = new SqlParams();
    const own = `${params.add(id)}::uuid`;
    const only = linkId ? `AND l.id = ${params.add(linkId)}::uuid` : '';
    return this.db.query<LinkRow>(
      ctx,
      `SELECT l.id, l.kind, l.direction, l."createdAt", l."createdByName",
         jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject, 'status', ${statusJson('s', ctx.locale)}) AS ticket
       FROM (SELECT l.*, 'outward' AS direction, l."toId" AS other FROM ticket_link l WHERE l."fromId" = ${own}
             UNION ALL SELECT l.*, 'inward', l."fromId" FROM ticket_link l WHERE l."toId" = ${own}) l
         JOIN ticket t ON t.id = l.other JOIN ticket_status s ON s.id = t."statusId"
       WHERE t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)} ${only} ORDER BY l.kind, l.id LIMIT ${MOST_LINKS}`,
      params.values,
    );
  }
}
