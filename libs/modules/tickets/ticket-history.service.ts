import { Injectable } from '@nestjs/common';
import type { Cause, Ctx, Locale } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows, type PageQuery } from '@opora/platform/http';
import { CoExecutors } from './co-executors.service';
import { isCustomName, takenBack } from './custom-changes';
import { TicketFields } from './ticket-fields.service';
import type { PersonKind, Ticket } from './ticket.entity';
import { asKept, TRACKED } from './ticket-writer.service';
import { Tickets } from './tickets.service';

export type ChangeRow = {
  id: string;
  at: Date;
  actorKind: PersonKind;
  actorId: string | null;
  actorName: string;
  cause: Cause & { reason?: string };
  field: string;
  before: unknown;
  after: unknown;
  beforeLabel: string | null;
  afterLabel: string | null;
  version: number;
};

export type PastField = { field: string; value: unknown; label: string | null };

const NAMED: Record<string, string> = {
  companyId: 'company',
  contactId: 'contact',
  objectId: 'service_object',
  assigneeId: 'employee',
  teamId: 'team',
};
const TRANSLATED: Record<string, string> = {
  typeId: 'ticket_type',
  statusId: 'ticket_status',
  priorityId: 'priority',
  putAsideReturnStatusId: 'ticket_status',
};
/** Lists of the priority matrix that have a code's name. */
const WEIGHED: Record<string, string> = { impact: 'impacts', urgency: 'urgencies' };

/** SQL of the name behind a kept value: only the branch of its field is run. */
export function labelSql(field: string, value: string, locale: Locale): string {
  const id = `(${value} #>> '{}')::uuid`;
  const branches = [
    ...Object.entries(NAMED).map(
      ([name, table]) => `WHEN '${name}' THEN (SELECT x.name FROM ${table} x WHERE x.id = ${id})`,
    ),
    ...Object.entries(TRANSLATED).map(
      ([name, table]) => `WHEN '${name}' THEN (SELECT x.name->>'${locale}' FROM ${table} x WHERE x.id = ${id})`,
    ),
    ...Object.entries(WEIGHED).map(
      ([name, list]) =>
        `WHEN '${name}' THEN (SELECT l->'name'->>'${locale}' FROM priority_matrix m, jsonb_array_elements(m.${list}) l WHERE l->'code' = ${value})`,
    ),
    `WHEN 'parentId' THEN (SELECT x.number || ' ' || x.subject FROM ticket x WHERE x.id = ${id})`,
    `WHEN 'mergedIntoId' THEN (SELECT x.number || ' ' || x.subject FROM ticket x WHERE x.id = ${id})`,
  ];
  return `CASE ${field} ${branches.join(' ')} END`;
}

/** The immutable history of a ticket, and its state at any past moment. */
@Injectable()
export class TicketHistory {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly coExecutors: CoExecutors,
    private readonly fields: TicketFields,
  ) {}

  /** Changed fields, the newest first. */
  async list(ctx: Ctx, key: string, { cursor, limit }: PageQuery): Promise<Page<ChangeRow>> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const after = decodeCursor(cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const rows = await this.db.query<ChangeRow>(
      ctx,
      `SELECT c.*, ${labelSql('c.field', 'c.before', ctx.locale)} AS "beforeLabel", ${labelSql('c.field', 'c.after', ctx.locale)} AS "afterLabel"
       FROM ticket_change c WHERE c."ticketId" = ${params.add(ticketId)}::uuid
       ${after ? `AND (c.at, c.id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)` : ''}
       ORDER BY c.at DESC, c.id DESC LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    await this.fields.label(ctx, rows);
    return pageOfRows(rows, limit, ({ at, id }) => keyset(at, id));
  }

  /** The fields as they were at the moment: what happened later is taken back, line by line. */
  async at(ctx: Ctx, key: string, moment: Date): Promise<PastField[]> {
    const card = await this.tickets.get(ctx, key);
    if (moment < card.createdAt) throw fieldProblem('/moment', 'tickets.momentTooEarly');
    const later = await this.db.query<{ field: string; before: unknown }>(
      ctx,
      `SELECT field, before FROM ticket_change WHERE "ticketId" = $1 AND at > $2 AND field <> 'created' ORDER BY version DESC, at DESC, id DESC`,
      [card.id, moment],
    );
    const { before: coExecutors } = await this.coExecutors.compare(ctx, card.id, []);
    const state: Record<string, unknown> = {
      ...Object.fromEntries(TRACKED.map((field) => [field, asKept(card[field])])),
      coExecutors,
      observers: card.observers,
    };
    for (const { field, before } of later) {
      if (isCustomName(field))
        state.customFields = takenBack(state.customFields as Ticket['customFields'], field, before);
      else if (field in state) state[field] = before;
    }
    return this.labelled(ctx, state);
  }

  private labelled(ctx: Ctx, state: Record<string, unknown>): Promise<PastField[]> {
    const fields = Object.keys(state);
    return this.db.query<PastField>(
      ctx,
      `SELECT f.field, f.value, ${labelSql('f.field', 'f.value', ctx.locale)} AS label
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS u(field, kept, n) CROSS JOIN LATERAL (SELECT u.field, u.kept::jsonb AS value) f ORDER BY u.n`,
      [fields, fields.map((field) => JSON.stringify(state[field] ?? null))],
    );
  }
}
