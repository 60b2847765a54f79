import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { AttachmentFiles } from './attachment-files.service';
import { type Audience, isForClient, isOutward, normaliseAudience } from './audience';
import type { Comment, CommentKind } from './comment.entity';
import { type ListComments, toCommentView } from './comments.dto';
import { type CommentEffects, type CommentRow, insertComment, selectComments } from './comments.query';
import { PutAside } from './put-aside.service';
import { type RichText, richTextOf, toRichText } from './rich-text';
import { TicketSearchIndex } from './ticket-search-index.service';
import { isOpen, onClientMessage } from './ticket-status';
import { TicketTransitions, type TransitionTarget } from './ticket-transitions.service';
import { doerOf, TicketWriter } from './ticket-writer.service';
import type { PersonKind, Ticket, TicketSource } from './ticket.entity';
import { mayWriteToClients, TicketPermission } from './tickets.access';
import { TicketError } from './tickets.errors';
import { TicketCommented } from './tickets.events';
import { Tickets } from './tickets.service';

/** Seconds in which the author of an answer may take it back before anybody outside sees it. */
export const UNDO_SECONDS = 10;

export type NewComment = {
  html?: string;
  /** Plain text instead of HTML. */
  text?: string;
  audience: Audience[];
  kind?: CommentKind;
  source?: TicketSource;
  fileIds?: readonly string[];
  cc?: readonly string[];
  transition?: TransitionTarget;
  lastSeenCommentId?: string | null;
  sendAnyway?: boolean;
  /** A client's last words when he closes the ticket: they do not bring it back to work. */
  keepsStatus?: boolean;
  /** In whose name the installation writes: the sender of a mail, a partner. */
  author?: { kind: PersonKind; id: string | null; name: string };
};

/** The conversation of a ticket. */
@Injectable()
export class Comments {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly transitions: TicketTransitions,
    private readonly putAside: PutAside,
    private readonly files: AttachmentFiles,
    private readonly searchIndex: TicketSearchIndex,
  ) {}

  /** Comments in the order they were written, each with its files: one query. */
  async list(ctx: Ctx, key: string, query: ListComments): Promise<Page<CommentRow>> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const params = new SqlParams();
    const id = params.add(ticketId);
    const cursor = decodeCursor(query.cursor, ['date', 'uuid']);
    const position = (commentId: string): string =>
      `(SELECT "createdAt", id FROM comment WHERE id = ${params.add(commentId)}::uuid AND "ticketId" = ${id}::uuid)`;
    const conditions = [
      cursor && `(c."createdAt", c.id) > (${params.add(cursor[0])}::timestamptz, ${params.add(cursor[1])}::uuid)`,
      query.after && `(c."createdAt", c.id) > ${position(query.after)}`,
      query.before && `(c."createdAt", c.id) < ${position(query.before)}`,
    ].filter(Boolean);
    const order = query.before ? 'DESC' : 'ASC';
    const rows = await this.db.prepared<CommentRow>(
      ctx,
      `${selectComments} AND c."ticketId" = ${id}::uuid${conditions.map((condition) => ` AND ${condition}`).join('')}
       ORDER BY c."createdAt" ${order}, c.id ${order} LIMIT ${params.add(query.limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, query.limit, (row) => keyset(row.createdAt as Date, row.id));
    return query.before ? { data: page.data.reverse(), page: { ...page.page, next: null } } : page;
  }

  /** Adds a comment with its files, perhaps moving the ticket along its process in the same breath. */
  add(ctx: Ctx, key: string, input: NewComment): Promise<CommentRow> {
    const audience = normaliseAudience(input.audience);
    if (isForClient(audience) && !mayWriteToClients(ctx.actor)) throw TicketError.clientRepliesForbidden();
    const body = input.html === undefined ? richTextOf(input.text ?? '') : toRichText(input.html);
    if (!body.text && !/<img\b/.test(body.html) && !input.fileIds?.length)
      throw fieldProblem('/html', 'tickets.commentEmpty');
    return this.db.tx(ctx, async (ctx) => {
      const permission = isForClient(audience) ? TicketPermission.reply_client : TicketPermission.comment_internal;
      const ticket = await this.tickets.getForUpdate(ctx, key, ctx.actor.kind === 'contact' ? null : permission, {
        // What is written to an old number reaches the survivor.
        follows: true,
      });
      await this.refuseStale(ctx, ticket, input, audience);
      const before = { ...ticket };
      await this.moveAlong(ctx, ticket, input);
      const row = this.rowOf(ctx, before, ticket, input, audience, body);
      const attachments = await this.files.claim(
        ctx,
        row.html,
        (input.fileIds ?? []).map((fileId) => ({ fileId })),
        audience,
      );
      const effects = effectsOf(ticket, row);
      const params = new SqlParams();
      await this.db.prepared(
        ctx,
        insertComment(ctx, { row, files: attachments, effects, seenUntil: before.lastCommentAt }, params),
        params.values,
      );
      await this.searchIndex.addComment(ctx, row.ticketId, row, attachments.length > 0);
      const { id: commentId, ticketId, authorKind, authorId, kind, source, visibleAt } = row;
      await this.events.publish(
        ctx,
        TicketCommented({
          ticketId,
          commentId,
          audience,
          authorKind,
          authorId,
          kind,
          source,
          visibleAt: visibleAt.toISOString(),
        }),
      );
      this.writer.touch(ctx, ticketId, isForClient(audience), visibleAt);
      return this.getRow(ctx, commentId);
    });
  }

  async getRow(ctx: Ctx, id: string): Promise<CommentRow> {
    const [row] = await this.db.prepared<CommentRow>(ctx, `${selectComments} AND c.id = $1`, [id]);
    return row ?? raise(TicketError.commentNotFound());
  }

  /** A status change asked for together with the comment, or the one a client's message brings about. */
  private async moveAlong(ctx: TxCtx, ticket: Ticket, input: NewComment): Promise<void> {
    if (input.transition) {
      if (ctx.actor.kind !== 'contact') await this.tickets.demand(ctx, ticket.id, TicketPermission.transition);
      return this.transitions.move(ctx, ticket, input.transition, { hasComment: true });
    }
    if (!isClientMessage(ctx, input) || input.keepsStatus) return;
    const effect = onClientMessage(ticket.statusCategory, ticket.closedAt, ctx.now());
    if (effect === 'too_late') throw TicketError.closedForGood();
    if (effect === 'resume') await this.transitions.resume(ctx, ticket);
    // A client who writes does not wait for the moment.
    if (ticket.putAsideUntil) await this.putAside.wake(ctx, ticket, 'client', { stays: effect === 'resume' });
  }

  /** A public answer written before the newest messages were seen is stopped, unless its author insists. */
  private async refuseStale(
    ctx: TxCtx,
    ticket: Ticket,
    { lastSeenCommentId, sendAnyway }: NewComment,
    audience: Audience[],
  ): Promise<void> {
    if (lastSeenCommentId === undefined || sendAnyway || !isForClient(audience) || ctx.actor.kind !== 'employee')
      return;
    const newer = await this.db.prepared<CommentRow>(
      ctx,
      `${selectComments} AND c."ticketId" = $1 AND 'client' = ANY(c.audience) AND NOT (c."authorKind" = 'employee' AND c."authorId" = $3)
         AND (c."createdAt", c.id) > (SELECT COALESCE(max(s."createdAt"), '-infinity'), COALESCE($2::uuid, '00000000-0000-0000-0000-000000000000')
                                      FROM comment s WHERE s.id = $2::uuid AND s."ticketId" = $1)
       ORDER BY c."createdAt", c.id LIMIT 50`,
      [ticket.id, lastSeenCommentId, ctx.actor.id],
    );
    if (newer.length)
      throw TicketError.staleReply({}, { newer: newer.map((row) => toCommentView(ctx, row, this.files.linker(ctx))) });
  }

  private rowOf(
    ctx: Ctx,
    before: Ticket,
    ticket: Ticket,
    input: NewComment,
    audience: Audience[],
    { html, text, original }: RichText,
  ): Comment {
    const doer = doerOf(ctx);
    const author = input.author ?? { kind: doer.actorKind, id: doer.actorId, name: doer.actorName };
    const kind = input.kind ?? 'comment';
    const isHeld = kind === 'comment' && author.kind === 'employee' && isOutward(audience);
    const now = ctx.now();
    return {
      id: newId(),
      ticketId: ticket.id,
      audience,
      authorKind: author.kind,
      authorId: author.id,
      authorName: author.name,
      html,
      text,
      original,
      kind,
      source: input.source ?? (ctx.actor.apiKeyId ? 'api' : author.kind === 'contact' ? 'portal' : 'agent'),
      cc: [...(input.cc ?? [])],
      undoState: isHeld ? undoStateOf(before, ticket) : null,
      createdAt: now,
      visibleAt: isHeld ? new Date(now.getTime() + UNDO_SECONDS * 1000) : now,
      undoneAt: null,
    };
  }
}

const isClientMessage = (ctx: Ctx, { kind = 'comment', author }: NewComment): boolean =>
  kind === 'comment' && (author ? author.kind === 'contact' : ctx.actor.kind === 'contact');

const undoStateOf = (before: Ticket, after: Ticket): Comment['undoState'] => ({
  awaiting: before.awaiting,
  lastStaffReplyAt: before.lastStaffReplyAt?.toISOString() ?? null,
  publicUpdatedAt: before.publicUpdatedAt.toISOString(),
  ...(before.statusId === after.statusId ? {} : { statusFrom: before.statusId, statusTo: after.statusId }),
});

/** Whose move it is after the comment, and the moments of the last answers. Machines' messages change nothing. */
function effectsOf(ticket: Ticket, { kind, authorKind, audience, createdAt: now, visibleAt }: Comment): CommentEffects {
  if (kind !== 'comment') return {};
  if (authorKind === 'contact')
    return {
      lastClientMessageAt: now,
      publicUpdatedAt: now,
      ...(isOpen(ticket.statusCategory) ? { awaiting: 'us' as const } : {}),
    };
  if (!isForClient(audience)) return {};
  return {
    lastStaffReplyAt: now,
    publicUpdatedAt: visibleAt,
    ...(isOpen(ticket.statusCategory) ? { awaiting: 'client' as const } : {}),
  };
}
