import { Injectable } from '@nestjs/common';
import { CustomFields } from '@opora/modules/fields';
import { type Ctx, SYSTEM } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { CoExecutors } from './co-executors.service';
import { isOutward } from './audience';
import type { Comment } from './comment.entity';
import { customCodeOf, isCustomName, takenBack } from './custom-changes';
import { textOfValue } from './ticket-change-text';
import { TicketFields } from './ticket-fields.service';
import { type ChangeRow, labelSql } from './ticket-history.service';
import { isSame, type TicketPatch, TRACKED, TicketWriter } from './ticket-writer.service';
import type { Ticket } from './ticket.entity';
import { CommentUndone } from './tickets.events';
import { Tickets } from './tickets.service';

/** A changed field in words. */
export type ChangeLine = { field: string; label: string; beforeText: string | null; afterText: string | null };

/** What follows from fields and is not in the history, as it was before and after a run of changes. */
export type TicketMoment = { version: number } & Record<Derived, unknown>;

/** Columns that follow from another: they go back with it. */
const FOLLOWS = {
  statusCategory: 'statusId',
  solvedAt: 'statusId',
  closedAt: 'statusId',
  processId: 'statusId',
  descriptionText: 'description',
  descriptionOriginal: 'description',
} as const;
/** Who placed the ticket goes back with team and person; whose move it is and how often it was handed over are counted apart. */
const OWN_FOLLOWERS = ['routing', 'awaiting', 'handoverCount', 'pingPongCount'] as const;
type Derived = keyof typeof FOLLOWS | (typeof OWN_FOLLOWERS)[number];
const DERIVED = [...(Object.keys(FOLLOWS) as (keyof typeof FOLLOWS)[]), ...OWN_FOLLOWERS];

/** Which process a ticket goes by follows from its type and company, and its status belongs to that process: they go back together. */
const BOUND = ['typeId', 'companyId', 'statusId'];

type Line = { field: string; before: unknown; after: unknown };

/** Takes runs of changes back: what a macro or a bulk change did to a ticket. */
@Injectable()
export class TicketReversal {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly coExecutors: CoExecutors,
    private readonly ticketFields: TicketFields,
    private readonly customFields: CustomFields,
  ) {}

  /** The fields changed after a version, and up to another one, each once, in words. */
  async lines(ctx: Ctx, ticketId: string, version: number, until?: number): Promise<ChangeLine[]> {
    const rows = await this.db.query<ChangeRow>(
      ctx,
      `SELECT c.*, ${labelSql('c.field', 'c.before', ctx.locale)} AS "beforeLabel", ${labelSql('c.field', 'c.after', ctx.locale)} AS "afterLabel"
       FROM ticket_change c WHERE c."ticketId" = $1 AND c.version > $2 AND ($3::int IS NULL OR c.version <= $3) ORDER BY c.version, c.id`,
      [ticketId, version, until ?? null],
    );
    await this.ticketFields.label(ctx, rows);
    const labelOf = await this.labels(ctx);
    return byField(rows).map((changes) => {
      const [first, last] = [changes[0]!, changes.at(-1)!];
      return {
        field: first.field,
        label: labelOf(first.field),
        beforeText: first.beforeLabel ?? textOfValue(first.before),
        afterText: last.afterLabel ?? textOfValue(last.after),
      };
    });
  }

  /** What must be kept of a locked ticket to take later changes back. */
  moment(ticket: Ticket): TicketMoment {
    const derived = DERIVED.map((column) => [column, ticket[column]] as const);
    return { version: ticket.version, ...Object.fromEntries(derived) } as TicketMoment;
  }

  /** Locks a ticket for whoever takes his own run back: he may have handed it out of his sight. Null when it is in the bin. */
  async hold(ctx: TxCtx, ticketId: string): Promise<Ticket | null> {
    const ticket = await this.tickets.getForUpdate({ ...ctx, actor: SYSTEM }, ticketId, null, { inBin: true });
    return ticket.deletedAt ? null : ticket;
  }

  /**
   * Gives the fields changed between two moments back their values, without asking guards; a field somebody has changed since keeps its
   * new value. Answers what those are called.
   */
  async revert(
    ctx: TxCtx,
    ticket: Ticket,
    { before, after }: { before: TicketMoment; after: TicketMoment },
    reason: string,
  ): Promise<{ kept: string[] }> {
    const rows = await this.db.query<Line>(
      ctx,
      `SELECT field, before, after FROM ticket_change WHERE "ticketId" = $1 AND version > $2 AND version <= $3 ORDER BY version, id`,
      [ticket.id, before.version, after.version],
    );
    const spans = byField(rows).map((changes) => ({
      field: changes[0]!.field,
      before: changes[0]!.before,
      after: changes.at(-1)!.after,
    }));
    const columns = spans.filter(({ field }) => isColumn(field) || isCustomName(field));
    const isUntouched = ({ field, after }: Line): boolean => isSame(valueOf(ticket, field), after);
    const isBoundKept =
      !isSame(before.processId, after.processId) &&
      columns.some((line) => BOUND.includes(line.field) && !isUntouched(line));
    const mayReturn = (line: Line): boolean => isUntouched(line) && !(isBoundKept && BOUND.includes(line.field));
    const returning = columns.filter(mayReturn);
    const kept = columns.filter((line) => !mayReturn(line)).map(({ field }) => field);
    const people = await this.revertPeople(ctx, ticket, spans);
    const wasHandedOver = isSame(ticket.handoverCount, after.handoverCount);
    const follows = followsOf(
      ticket,
      returning.map(({ field }) => field),
      { before, after },
    );
    await this.writer.change(
      ctx,
      ticket,
      { ...patchOf(ticket, returning), ...follows },
      { reason, extra: people.lines },
    );
    const isTeamBack = wasHandedOver && returning.some(({ field }) => field === 'teamId');
    await this.revertCounters(ctx, ticket, { before, after }, isTeamBack);
    const labelOf = await this.labels(ctx);
    return { kept: [...kept, ...people.kept].map(labelOf) };
  }

  private async labels(ctx: Ctx): Promise<(field: string) => string> {
    const definitions = await this.customFields.definitions(ctx, 'ticket');
    return (field) =>
      isCustomName(field)
        ? (definitions.find(({ code }) => code === customCodeOf(field))?.name[ctx.locale] ?? field)
        : t(ctx, `tickets.field.${field}`);
  }

  /** Takes a comment away again: one for staff alone at any time, one for people outside only before they could see it. */
  async removeComment(ctx: TxCtx, ticket: Ticket, commentId: string): Promise<boolean> {
    const [comment] = await this.db.query<Comment>(
      ctx,
      'SELECT * FROM comment WHERE id = $1 AND "ticketId" = $2 AND "undoneAt" IS NULL',
      [commentId, ticket.id],
    );
    if (!comment) return true;
    const isSeen = isOutward(comment.audience) && comment.visibleAt <= ctx.now();
    if (isSeen) return false;
    await this.db.query(ctx, 'UPDATE comment SET "undoneAt" = $2 WHERE id = $1', [commentId, ctx.now()]);
    await this.db.query(
      ctx,
      `UPDATE ticket t SET "commentCount" = "commentCount" - 1, "lastStaffReplyAt" = CASE WHEN $2::boolean AND "lastStaffReplyAt" = $3::timestamptz THEN $4::timestamptz ELSE "lastStaffReplyAt" END,
         ("lastCommentAt", "lastCommentId") = (SELECT c."createdAt", c.id FROM comment c WHERE c."ticketId" = t.id AND c."undoneAt" IS NULL ORDER BY c."createdAt" DESC, c.id DESC LIMIT 1)
       WHERE id = $1`,
      [ticket.id, comment.undoState !== null, comment.createdAt, comment.undoState?.lastStaffReplyAt ?? null],
    );
    await this.writer.tell(ctx, ticket, ['comments'], CommentUndone({ ticketId: ticket.id, commentId }));
    return true;
  }

  /** Co-executors and observers, where they are still those the run left. */
  private async revertPeople(
    ctx: TxCtx,
    ticket: Ticket,
    spans: readonly Line[],
  ): Promise<{ lines: Line[]; kept: string[] }> {
    const done: { lines: Line[]; kept: string[] } = { lines: [], kept: [] };
    const helpers = spans.find(({ field }) => field === 'coExecutors');
    if (helpers) {
      const { before: now } = await this.coExecutors.compare(ctx, ticket.id, []);
      if (isSame(now, helpers.after)) {
        const ids = (helpers.before as { id: string }[]).map(({ id }) => id);
        await this.coExecutors.replace(ctx, ticket.id, ids);
        done.lines.push({ field: 'coExecutors', before: now, after: helpers.before });
      } else done.kept.push('coExecutors');
    }
    const watchers = spans.find(({ field }) => field === 'observers');
    if (watchers) await this.revertObservers(ctx, ticket, watchers, done.lines);
    return done;
  }

  /** Only whom the run has added leaves: others may have come since. */
  private async revertObservers(ctx: TxCtx, ticket: Ticket, { before, after }: Line, lines: Line[]): Promise<void> {
    type Watcher = { kind: string; id: string };
    const had = new Set((before as Watcher[]).map(({ kind, id }) => `${kind}:${id}`));
    const added = (after as Watcher[]).filter(({ kind, id }) => !had.has(`${kind}:${id}`));
    const gone = await this.db.query(
      ctx,
      `DELETE FROM ticket_observer o USING unnest($2::text[], $3::uuid[]) a(kind, id)
       WHERE o."ticketId" = $1 AND o.kind = a.kind AND o."subjectId" = a.id RETURNING 1`,
      [ticket.id, added.map(({ kind }) => kind), added.map(({ id }) => id)],
    );
    if (gone.length) lines.push({ field: 'observers', before: after, after: before });
  }

  /** Whose move it is, unless that has changed since; and handing the ticket to and fro does not count. */
  private async revertCounters(
    ctx: TxCtx,
    ticket: Ticket,
    { before, after }: { before: TicketMoment; after: TicketMoment },
    isTeamBack: boolean,
  ): Promise<void> {
    if (!isTeamBack && isSame(before.awaiting, after.awaiting)) return;
    await this.db.query(
      ctx,
      `UPDATE ticket SET awaiting = CASE WHEN awaiting IS NOT DISTINCT FROM $2 THEN $3 ELSE awaiting END,
         "handoverCount" = CASE WHEN $4::boolean THEN $5::int ELSE "handoverCount" END,
         "pingPongCount" = CASE WHEN $4::boolean THEN $6::int ELSE "pingPongCount" END WHERE id = $1`,
      [ticket.id, after.awaiting, before.awaiting, isTeamBack, before.handoverCount, before.pingPongCount],
    );
  }
}

/** Lines of one field together, in the order they were written. */
function byField<Change extends { field: string }>(rows: readonly Change[]): Change[][] {
  const fields = new Map<string, Change[]>();
  for (const row of rows) fields.set(row.field, [...(fields.get(row.field) ?? []), row]);
  return [...fields.values()];
}

const isColumn = (field: string): field is (typeof TRACKED)[number] => (TRACKED as readonly string[]).includes(field);
const valueOf = (ticket: Ticket, field: string): unknown =>
  isCustomName(field) ? ticket.customFields[customCodeOf(field)] : ticket[field as keyof Ticket];

const MOMENTS = ['deadlineAt', 'scheduledFor', 'putAsideUntil', 'deletedAt'];
function patchOf(ticket: Ticket, lines: readonly Line[]): TicketPatch {
  const patch: Record<string, unknown> = {};
  let customFields = ticket.customFields;
  for (const { field, before } of lines) {
    if (isCustomName(field)) customFields = takenBack(customFields, field, before) as Ticket['customFields'];
    else patch[field] = MOMENTS.includes(field) && typeof before === 'string' ? new Date(before) : before;
  }
  if (customFields !== ticket.customFields) patch.customFields = customFields;
  return patch as TicketPatch;
}

/** The columns that follow from the fields which go back. */
function followsOf(
  ticket: Ticket,
  fields: readonly string[],
  { before, after }: { before: TicketMoment; after: TicketMoment },
): TicketPatch {
  const isProcessBack = fields.some((field) => BOUND.includes(field));
  const patch: Record<string, unknown> = {};
  for (const [column, owner] of Object.entries(FOLLOWS) as [keyof typeof FOLLOWS, string][]) {
    const goes = column === 'processId' ? isProcessBack : fields.includes(owner);
    if (!goes || isSame(before[column], after[column]) || !isSame(ticket[column], after[column])) continue;
    const value = before[column];
    patch[column] = column.endsWith('At') && typeof value === 'string' ? new Date(value) : value;
  }
  const isPlacedBack = fields.includes('teamId') || fields.includes('assigneeId');
  if (isPlacedBack && isSame(ticket.routing, after.routing)) patch.routing = before.routing;
  return patch as TicketPatch;
}
