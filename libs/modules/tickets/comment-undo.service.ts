import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { AttachmentFiles } from './attachment-files.service';
import type { Comment } from './comment.entity';
import type { DraftRow } from './comments.query';
import { Drafts } from './drafts.service';
import { TicketTransitions } from './ticket-transitions.service';
import { TicketWriter } from './ticket-writer.service';
import type { Ticket } from './ticket.entity';
import { TicketError } from './tickets.errors';
import { CommentUndone } from './tickets.events';
import { Tickets } from './tickets.service';

/** Taking back an answer before anybody outside has seen it. */
@Injectable()
export class CommentUndo {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly transitions: TicketTransitions,
    private readonly drafts: Drafts,
    private readonly files: AttachmentFiles,
  ) {}

  /** The comment is gone, the ticket as before it, and its text is the author's draft again, exactly. */
  undo(ctx: Ctx, commentId: string): Promise<DraftRow | undefined> {
    return this.db.tx(ctx, async (ctx) => {
      const { comment, ticket } = await this.mine(ctx, commentId);
      await this.db.query(ctx, 'UPDATE comment SET "undoneAt" = $2 WHERE id = $1', [commentId, ctx.now()]);
      const fileIds = await this.detach(ctx, commentId);
      const { html, audience, cc } = comment;
      await this.drafts.put(ctx, ticket.id, { html, audience, cc, fileIds, baseVersion: ticket.version });
      const { statusFrom, statusTo } = comment.undoState ?? {};
      if (statusFrom && statusTo === ticket.statusId) await this.transitions.back(ctx, ticket, statusFrom);
      await this.takeBack(ctx, ticket, comment);
      await this.writer.tell(ctx, ticket, ['comments'], CommentUndone({ ticketId: ticket.id, commentId }));
      return this.drafts.find(ctx, ticket.id);
    });
  }

  private async mine(ctx: TxCtx, commentId: string): Promise<{ comment: Comment; ticket: Ticket }> {
    const [found] = await this.db.query<{ ticketId: string }>(
      ctx,
      `SELECT "ticketId" FROM comment WHERE id = $1 AND "authorKind" = 'employee' AND "authorId"::text = $2 AND "undoneAt" IS NULL`,
      [commentId, ctx.actor.id],
    );
    if (!found) throw TicketError.commentNotFound();
    const ticket = await this.tickets.getForUpdate(ctx, found.ticketId, null);
    // Read again under the ticket's lock: a twin request may have been quicker.
    const [comment] = await this.db.query<Comment>(ctx, 'SELECT * FROM comment WHERE id = $1 AND "undoneAt" IS NULL', [
      commentId,
    ]);
    if (!comment) throw TicketError.commentNotFound();
    if (!comment.undoState || comment.visibleAt <= ctx.now()) throw TicketError.undoTooLate();
    return { comment, ticket };
  }

  private async detach(ctx: TxCtx, commentId: string): Promise<string[]> {
    const rows = await this.db.query<{ fileId: string }>(
      ctx,
      'DELETE FROM attachment WHERE "commentId" = $1 RETURNING "fileId"',
      [commentId],
    );
    const ids = rows.map(({ fileId }) => fileId);
    await this.files.release(ctx, ids);
    return ids;
  }

  /** The counters and moments without the comment; whose move it was, unless somebody has written since. */
  private async takeBack(ctx: TxCtx, ticket: Ticket, { id, undoState, createdAt }: Comment): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE ticket t SET "commentCount" = "commentCount" - 1,
         "fileCount" = (SELECT count(*) FROM attachment WHERE "ticketId" = t.id AND NOT "isInline"),
         ("lastCommentAt", "lastCommentId") = (SELECT c."createdAt", c.id FROM comment c WHERE c."ticketId" = t.id AND c."undoneAt" IS NULL ORDER BY c."createdAt" DESC, c.id DESC LIMIT 1),
         "lastStaffReplyAt" = CASE WHEN "lastStaffReplyAt" > $3::timestamptz THEN "lastStaffReplyAt" ELSE $4::timestamptz END,
         "publicUpdatedAt" = CASE WHEN "publicUpdatedAt" > $5::timestamptz THEN "publicUpdatedAt" ELSE $6::timestamptz END,
         awaiting = CASE WHEN EXISTS (SELECT 1 FROM comment c WHERE c."ticketId" = t.id AND c."undoneAt" IS NULL AND c.id <> $2 AND c."createdAt" >= $3::timestamptz
                                        AND (c."authorKind" = 'contact' OR 'client' = ANY(c.audience))) THEN awaiting ELSE $7 END,
         "updatedAt" = $8::timestamptz
       WHERE id = $1`,
      [
        ticket.id,
        id,
        createdAt,
        undoState!.lastStaffReplyAt,
        new Date(createdAt.getTime() + 10_000),
        undoState!.publicUpdatedAt,
        undoState!.awaiting,
        ctx.now(),
      ],
    );
  }
}
