import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { RECOUNT } from './ticket-merge.query';
import { told } from './ticket-merge.service';
import { TicketSearchIndex } from './ticket-search-index.service';
import { isOpen } from './ticket-status';
import type { SplitTicket } from './ticket-merge.dto';
import type { TicketCard } from './ticket-card.query';
import type { Ticket } from './ticket.entity';
import { doerOf, TicketWriter } from './ticket-writer.service';
import { TicketPermission } from './tickets.access';
import { Tickets } from './tickets.service';

/** What of a conversation is another matter becomes a ticket of its own. */
@Injectable()
export class TicketSplits {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly searchIndex: TicketSearchIndex,
    private readonly writer: TicketWriter,
  ) {}

  /** The comments move with their files, authors and times; both tickets tell of each other. */
  split(ctx: Ctx, key: string, input: SplitTicket): Promise<TicketCard> {
    return this.db.tx(ctx, async (ctx) => {
      const from = await this.tickets.getForUpdate(ctx, key, TicketPermission.update);
      const commentIds = input.commentIds.map((id) => id.toLowerCase());
      await this.demandComments(ctx, from, commentIds);
      const { id } = await this.tickets.create(ctx, this.draftOf(from, input), { withoutForm: true });
      await this.move(ctx, from, id, commentIds);
      await this.link(ctx, from.id, id);
      const made = await this.tickets.getForUpdate(ctx, id, null);
      const extra = (ticket: Ticket, side: 'from' | 'into') => ({
        extra: [{ field: 'split', before: null, after: { side, ticket: told(ticket), comments: commentIds.length } }],
      });
      await this.writer.change(ctx, from, {}, extra(made, 'into'));
      await this.writer.change(ctx, made, {}, extra(from, 'from'));
      await this.searchIndex.refresh(ctx, [from.id, id]);
      for (const ticketId of [from.id, id]) this.writer.touch(ctx, ticketId, true);
      return this.tickets.get(ctx, id);
    });
  }

  private draftOf(from: Ticket, { subject, description, typeId, priorityId, assigneeId, teamId }: SplitTicket) {
    const isPlaced = assigneeId !== undefined || teamId !== undefined;
    return {
      subject,
      description,
      typeId: typeId ?? from.typeId,
      priorityId: priorityId ?? from.priorityId,
      companyId: from.companyId,
      contactId: from.contactId,
      objectId: from.objectId,
      assigneeId: isPlaced ? (assigneeId ?? null) : from.assigneeId,
      teamId: isPlaced ? (teamId ?? null) : from.teamId,
      source: from.source,
    };
  }

  private async demandComments(ctx: TxCtx, { id }: Ticket, commentIds: readonly string[]): Promise<void> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      'SELECT id FROM comment WHERE "ticketId" = $1 AND id = ANY($2::uuid[]) AND "undoneAt" IS NULL',
      [id, commentIds],
    );
    const missing = commentIds.findIndex((commentId) => !rows.some((row) => row.id === commentId));
    if (missing >= 0) throw fieldProblem(`/commentIds/${missing}`, 'tickets.commentUnknown');
  }

  private async move(ctx: TxCtx, from: Ticket, toId: string, commentIds: readonly string[]): Promise<void> {
    // What could still be taken back no longer can: its ticket is another one.
    await this.db.query(
      ctx,
      'UPDATE comment SET "ticketId" = $2, "undoState" = CASE WHEN "visibleAt" > $3 THEN NULL ELSE "undoState" END WHERE id = ANY($1::uuid[])',
      [commentIds, toId, ctx.now()],
    );
    for (const table of ['attachment', 'comment_search'])
      await this.db.query(ctx, `UPDATE ${table} SET "ticketId" = $2 WHERE "commentId" = ANY($1::uuid[])`, [
        commentIds,
        toId,
      ]);
    await this.db.query(
      ctx,
      `UPDATE ticket_read r SET "lastSeenCommentId" = (SELECT c.id FROM comment c WHERE c."ticketId" = $1 AND c."undoneAt" IS NULL AND c."createdAt" <= r."lastSeenAt"
         ORDER BY c."createdAt" DESC, c.id DESC LIMIT 1) WHERE r."ticketId" = $1 AND r."lastSeenCommentId" = ANY($2::uuid[])`,
      [from.id, commentIds],
    );
    await this.db.query(ctx, RECOUNT, [[from.id, toId]]);
    await this.db.query(ctx, SPOKEN, [toId, isOpen(from.statusCategory) ? from.awaiting : null]);
  }

  private async link(ctx: TxCtx, fromId: string, toId: string): Promise<void> {
    const { actorId, actorName } = doerOf(ctx);
    await this.db.query(
      ctx,
      `INSERT INTO ticket_link (id, "fromId", "toId", kind, "createdAt", "createdById", "createdByName") VALUES ($1, $2, $3, 'split', $4, $5, $6)`,
      [newId(), fromId, toId, ctx.now(), actorId, actorName],
    );
  }
}

/** Who spoke last in the new ticket; who only made notes waits for whom he waited. */
const SPOKEN = `
  WITH said AS (SELECT c."createdAt" AS at, c."authorKind" = 'contact' AS client FROM comment c
    WHERE c."ticketId" = $1 AND c."undoneAt" IS NULL AND c.kind = 'comment' AND 'client' = ANY(c.audience))
  UPDATE ticket SET "lastClientMessageAt" = (SELECT max(at) FROM said WHERE client), "lastStaffReplyAt" = (SELECT max(at) FROM said WHERE NOT client),
    awaiting = COALESCE((SELECT CASE WHEN client THEN 'us' ELSE 'client' END FROM said ORDER BY at DESC LIMIT 1), $2, 'us')
  WHERE id = $1`;
