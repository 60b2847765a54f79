import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { Events, type Message } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { customChanges } from './custom-changes';
import { namedBy } from './ticket-routing-reason';
import type { PersonKind, Ticket } from './ticket.entity';
import { type Doer, TicketAssigned, TicketChanged, TicketStatusChanged } from './tickets.events';

/** One line of the history to be. */
export type FieldChange = { field: string; before: unknown; after: unknown };

/** Why, further lines, and which fields clients see beside the built-in ones. */
export type ChangeOptions = { reason?: string | null; extra?: FieldChange[]; publicFields?: ReadonlySet<string> };

/** Columns kept in the history. What follows from them (milestones, copies) is rebuilt or needs no line. */
export const TRACKED = [
  'subject',
  'description',
  'typeId',
  'statusId',
  'priorityId',
  'companyId',
  'contactId',
  'objectId',
  'assigneeId',
  'teamId',
  'parentId',
  'deadlineAt',
  'scheduledFor',
  'plannedSeconds',
  'impact',
  'urgency',
  'putAsideUntil',
  'putAsideReturnStatusId',
  'externalIds',
  'customFields',
  'deletedAt',
  'mergedIntoId',
] as const;
type TrackedField = (typeof TRACKED)[number];
const isTracked = (field: string): field is TrackedField => (TRACKED as readonly string[]).includes(field);

/** Fields whose change a client can see. */
const PUBLIC = new Set<string>([
  'subject',
  'description',
  'typeId',
  'statusId',
  'companyId',
  'contactId',
  'objectId',
  'assigneeId',
  'putAsideUntil',
  'deletedAt',
]);

const TYPES: Partial<Record<keyof Ticket, string>> = {
  plannedSeconds: 'int',
  handoverCount: 'int',
  commentCount: 'int',
  fileCount: 'int',
  customFields: 'jsonb',
  externalIds: 'jsonb',
  routing: 'jsonb',
  subject: 'text',
  description: 'text',
  descriptionText: 'text',
  descriptionOriginal: 'text',
  statusCategory: 'text',
  awaiting: 'text',
  deleteReason: 'text',
  impact: 'text',
  urgency: 'text',
  putAsideUntil: 'timestamptz',
  deadlineAt: 'timestamptz',
  scheduledFor: 'timestamptz',
  publicUpdatedAt: 'timestamptz',
  lastClientMessageAt: 'timestamptz',
  lastStaffReplyAt: 'timestamptz',
  lastCommentAt: 'timestamptz',
  solvedAt: 'timestamptz',
  closedAt: 'timestamptz',
  deletedAt: 'timestamptz',
};
const typeOf = (column: keyof Ticket): string => TYPES[column] ?? 'uuid';
const toSql = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value;

/** Values as the history keeps and compares them: dates are text. */
export const asKept = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
export const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(ordered(asKept(a))) === JSON.stringify(ordered(asKept(b)));
const ordered = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    : value;

export type TicketPatch = Partial<Omit<Ticket, 'id' | 'number' | 'version' | 'parent'>>;

/** Who acts, as history, comments and events name him. The installation itself has no id. */
export const doerOf = ({ actor }: Ctx): Doer & { actorName: string } => ({
  actorKind: (actor.kind === 'anonymous' ? 'system' : actor.kind) satisfies PersonKind,
  actorId: actor.kind === 'employee' || actor.kind === 'contact' ? actor.id : null,
  actorName: actor.name,
});

/** Every change of a ticket goes through here: columns, version, history, events and live topics, together. */
@Injectable()
export class TicketWriter {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly live: Live,
  ) {}

  /**
   * Writes the patch over a ticket whose row is locked and answers the names of the changed fields. `extra` adds lines to the history
   * for what is not a column. Fields of the patch outside the history are written, too, but make no new version alone.
   */
  async change(
    ctx: TxCtx,
    ticket: Ticket,
    patch: TicketPatch,
    { reason, extra = [], publicFields }: ChangeOptions = {},
  ): Promise<string[]> {
    const entries = (Object.entries(patch) as [keyof Ticket, unknown][]).filter(
      ([column, value]) => !isSame(ticket[column], value),
    );
    const changes: FieldChange[] = [
      ...entries
        .filter(([column]) => isTracked(column))
        .flatMap(([field, value]) =>
          field === 'customFields'
            ? customChanges(ticket.customFields, value as Ticket['customFields'])
            : [{ field, before: ticket[field], after: value }],
        ),
      ...extra,
    ];
    if (!entries.length && !changes.length) return [];
    const isHandedOver = !!ticket.teamId && !!patch.teamId && patch.teamId !== ticket.teamId;
    if (isHandedOver) entries.push(['handoverCount', ticket.handoverCount + 1]);
    if (isPlacedAnew(ticket, patch)) entries.push(['routing', namedBy(ctx)]);
    const isPublic = changes.some(({ field }) => PUBLIC.has(field) || publicFields?.has(field));
    if (isPublic && patch.publicUpdatedAt === undefined) entries.push(['publicUpdatedAt', ctx.now()]);
    await this.write(ctx, ticket, entries, changes, reason);
    const fields = changes.map(({ field }) => field);
    if (fields.length) await this.events.publish(ctx, ...this.messages(ctx, ticket, patch, fields, reason));
    Object.assign(ticket, Object.fromEntries(entries), changes.length ? { version: ticket.version + 1 } : {});
    this.touch(ctx, ticket.id, isPublic);
    return fields;
  }

  /** Tells of a change that is not a column's: its words must be found, its screens shown anew. */
  async tell(ctx: TxCtx, ticket: Ticket, fields: string[], ...more: Message<object>[]): Promise<void> {
    const { actorKind, actorId } = doerOf(ctx);
    await this.events.publish(
      ctx,
      ...more,
      TicketChanged({ ticketId: ticket.id, fields, version: ticket.version, actorKind, actorId }),
    );
    this.touch(ctx, ticket.id, false);
  }

  /**
   * Screens that show the ticket read it anew; clients' screens only after what a client can see, and not before he can see it.
   * A hint lost in a crash costs nothing: screens also read anew by themselves.
   */
  touch(ctx: Ctx, ticketId: string, isPublic: boolean, visibleAt?: Date): void {
    const topics = ['tickets', `ticket:${ticketId}`];
    const wait = (visibleAt?.getTime() ?? 0) - ctx.now().getTime();
    const isHeld = isPublic && wait > 0;
    this.live.touch(ctx, topics, isPublic && !isHeld ? 'everyone' : 'staff');
    if (!isHeld) return;
    const { tx: _, ...later } = ctx;
    ctx.tx?.afterCommit.push(() => setTimeout(() => this.live.touch(later, topics, 'contacts'), wait + 100).unref());
  }

  private async write(
    ctx: TxCtx,
    ticket: Ticket,
    entries: [keyof Ticket, unknown][],
    changes: FieldChange[],
    reason?: string | null,
  ): Promise<void> {
    const params = new SqlParams();
    const now = params.add(ctx.now());
    const sets = entries.map(([column, value]) => `"${column}" = ${params.add(toSql(value))}::${typeOf(column)}`);
    if (changes.length) sets.push('version = version + 1');
    const id = params.add(ticket.id);
    const to =
      entries.some(([column]) => column === 'handoverCount') && entries.find(([column]) => column === 'teamId');
    if (to) sets.push(`"pingPongCount" = "pingPongCount" + (${hadBefore(id, params.add(to[1]))})::int`);
    const update = `UPDATE ticket SET ${[...sets, `"updatedAt" = ${now}::timestamptz`].join(', ')} WHERE id = ${id}::uuid`;
    if (!changes.length) return void (await this.db.query(ctx, update, params.values));
    await this.db.query(
      ctx,
      `WITH changed AS (${update}) ${insertChanges(ctx, ticket.id, ticket.version + 1, changes, params, reason)}`,
      params.values,
    );
  }

  private messages(
    ctx: Ctx,
    ticket: Ticket,
    patch: TicketPatch,
    fields: string[],
    reason?: string | null,
  ): Message<object>[] {
    const { actorKind, actorId } = doerOf(ctx);
    const fact = { actorKind, actorId, ticketId: ticket.id };
    const messages: Message<object>[] = [TicketChanged({ ...fact, fields, version: ticket.version + 1 })];
    if (fields.includes('assigneeId') || fields.includes('teamId')) {
      const { assigneeId: to = ticket.assigneeId, teamId: teamTo = ticket.teamId } = patch;
      messages.push(
        TicketAssigned({
          ...fact,
          from: ticket.assigneeId,
          to,
          teamFrom: ticket.teamId,
          teamTo,
          ...(reason ? { reason } : {}),
        }),
      );
    }
    if (fields.includes('statusId')) {
      const { statusId = ticket.statusId, statusCategory = ticket.statusCategory } = patch;
      messages.push(
        TicketStatusChanged({
          ...fact,
          from: ticket.statusId,
          to: statusId,
          fromCategory: ticket.statusCategory,
          toCategory: statusCategory,
        }),
      );
    }
    return messages;
  }
}

/** The team changes, or the person where there is no team, and nobody has said why yet. */
function isPlacedAnew(
  ticket: Ticket,
  { teamId = ticket.teamId, assigneeId = ticket.assigneeId, routing }: TicketPatch,
) {
  if (routing !== undefined) return false;
  return teamId !== ticket.teamId || (!teamId && assigneeId !== ticket.assigneeId);
}

/** SQL: the team has had the ticket and given it away. */
const hadBefore = (ticketId: string, teamId: string): string =>
  `EXISTS (SELECT 1 FROM ticket_change had WHERE had."ticketId" = ${ticketId}::uuid AND had.field = 'teamId' AND had.before = to_jsonb(${teamId}::text))`;

/** SQL that adds the lines of the history. */
export function insertChanges(
  ctx: Ctx,
  ticketId: string,
  version: number,
  changes: FieldChange[],
  params: SqlParams,
  reason?: string | null,
): string {
  const { actorKind, actorId, actorName } = doerOf(ctx);
  const column = (values: unknown[], type: string): string => `${params.add(values)}::${type}[]`;
  const json = (value: unknown): string | null => (asKept(value) === null ? null : JSON.stringify(asKept(value)));
  const lists = [
    column(
      changes.map(() => newId()),
      'uuid',
    ),
    column(
      changes.map(({ field }) => field),
      'text',
    ),
    column(
      changes.map(({ before }) => json(before)),
      'text',
    ),
    column(
      changes.map(({ after }) => json(after)),
      'text',
    ),
  ];
  const cause = params.add(JSON.stringify(reason ? { ...ctx.cause, reason } : ctx.cause));
  return `INSERT INTO ticket_change (id, "ticketId", at, "actorKind", "actorId", "actorName", cause, field, before, after, version)
    SELECT c.id, ${params.add(ticketId)}::uuid, ${params.add(ctx.now())}::timestamptz, ${params.add(actorKind)}::text, ${params.add(actorId)}::uuid,
      ${params.add(actorName)}::text, ${cause}::jsonb, c.field, c.before::jsonb, c.after::jsonb, ${params.add(version)}::int
    FROM unnest(${lists.join(', ')}) AS c(id, field, before, after)`;
}
