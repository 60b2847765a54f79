import type { Cause, Ctx } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import type { NewAttachment } from './attachment-files.service';
import { insertAttachments } from './attachment-files.service';
import { insertChanges } from './ticket-writer.service';
import type { Ticket } from './ticket.entity';
import type { CreateTicket } from './tickets.dto';

/** A ticket to be inserted; moments may still be texts. */
export type NewTicket = Pick<
  Ticket,
  | 'id'
  | 'number'
  | 'subject'
  | 'description'
  | 'descriptionText'
  | 'descriptionOriginal'
  | 'typeId'
  | 'statusId'
  | 'processId'
  | 'statusCategory'
  | 'priorityId'
  | 'companyId'
  | 'contactId'
  | 'objectId'
  | 'assigneeId'
  | 'teamId'
  | 'authorKind'
  | 'authorId'
  | 'source'
  | 'sourceRef'
  | 'parentId'
  | 'plannedSeconds'
  | 'externalIds'
  | 'customFields'
  | 'lastClientMessageAt'
  | 'fileCount'
  | 'routing'
> & { deadlineAt: string | null; scheduledFor: string | null };

/** One statement for the ticket, its people, its files and the first line of its history. */
export function insertTicket(
  ctx: Ctx,
  row: NewTicket,
  { observers = [], coExecutorIds = [], impact = null, urgency = null }: CreateTicket,
  files: NewAttachment[],
  params: SqlParams,
  { placedBy, promised }: { placedBy?: Cause; promised?: string | null } = {},
) {
  const now = ctx.now();
  const values: Record<string, unknown> = {
    ...row,
    externalIds: JSON.stringify(row.externalIds),
    customFields: JSON.stringify(row.customFields),
    routing: row.routing && JSON.stringify(row.routing),
    impact,
    urgency,
    awaiting: 'us',
    createdAt: now,
    updatedAt: now,
    publicUpdatedAt: now,
  };
  const columns = Object.keys(values);
  const parts = [
    `made AS (INSERT INTO ticket (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map((name) => params.add(values[name])).join(', ')}))`,
  ];
  const id = (): string => `${params.add(row.id)}::uuid`;
  if (observers.length) {
    parts.push(`watched AS (INSERT INTO ticket_observer ("ticketId", kind, "subjectId") SELECT DISTINCT ${id()}, o.kind, o.id
      FROM unnest(${params.add(observers.map(({ kind }) => kind))}::text[], ${params.add(observers.map((observer) => observer.id))}::uuid[]) AS o(kind, id))`);
  }
  if (coExecutorIds.length) {
    parts.push(
      `helped AS (INSERT INTO ticket_co_executor ("ticketId", "employeeId") SELECT DISTINCT ${id()}, e FROM unnest(${params.add(coExecutorIds)}::uuid[]) e)`,
    );
  }
  if (files.length) parts.push(`attached AS (${insertAttachments(ctx, row.id, null, files, params)})`);
  if (placedBy) {
    const placed = (['teamId', 'assigneeId'] as const).flatMap((field) =>
      row[field] ? [{ field, before: null, after: row[field] }] : [],
    );
    parts.push(`placed AS (${insertChanges({ ...ctx, cause: placedBy }, row.id, 1, placed, params)})`);
  }
  if (row.deadlineAt) {
    const line = { field: 'deadlineAt', before: null, after: new Date(row.deadlineAt) };
    parts.push(`promised AS (${insertChanges(ctx, row.id, 1, [line], params, promised)})`);
  }
  const created = {
    field: 'created',
    before: null,
    after: { number: row.number, subject: row.subject, source: row.source },
  };
  return { sql: `WITH ${parts.join(', ')} ${insertChanges(ctx, row.id, 1, [created], params)}`, row };
}
