import type { ContactActor, Ctx, Locale } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { decodeCursor } from '@opora/platform/http';
import type { ListPortalTickets, PortalCan, PortalCategory, PortalCustom, PortalNamed } from './portal-tickets.dto';
import { ticketTextCondition } from './ticket-search-sql';
import { REOPEN_DAYS } from './ticket-status';
import type { PersonKind } from './ticket.entity';
import { closableBy, ownOf, reachOfContact, visibleTo } from './tickets.access';

export type PortalFileRow = { fileId: string; name: string; mime: string; size: number | string; isInline: boolean };
export type PortalMergedRow = Pick<
  PortalTicketRow,
  'id' | 'number' | 'subject' | 'description' | 'authorKind' | 'authorId' | 'authorName' | 'files'
> & { createdAt: string };
export type PortalTicketRow = {
  id: string;
  number: number;
  subject: string;
  status: { name: string; category: PortalCategory; color: string };
  typeName: string;
  company: PortalNamed | null;
  object: PortalNamed | null;
  authorKind: PersonKind;
  authorId: string | null;
  authorName: string | null;
  createdAt: Date;
  publicUpdatedAt: Date;
  putAsideUntil: Date | null;
  timeZone: string | null;
  // Read for one ticket only.
  description: string;
  responsible: string | null;
  files: PortalFileRow[];
  can: PortalCan;
  merged: PortalMergedRow[] | null;
  customFields: Record<string, unknown>;
  /** What of them the client sees; filled in after the query. */
  shown?: PortalCustom;
};
export type PortalCommentRow = Pick<
  PortalTicketRow,
  'id' | 'authorKind' | 'authorId' | 'authorName' | 'createdAt' | 'files'
> & { html: string };

/** What of a ticket a client may ever read: column by column, nothing by star. */
const rowColumns = (
  locale: Locale,
): string => `t.id, t.number, t.subject, t."authorKind", t."authorId", t."createdAt", t."publicUpdatedAt", t."putAsideUntil",
  CASE WHEN t."putAsideUntil" IS NOT NULL THEN (SELECT "timeZone" FROM installation WHERE id = 1) END AS "timeZone",
  jsonb_build_object('name', s."clientName"->>'${locale}', 'color', s.color,
    'category', CASE s.category WHEN 'waiting_partner' THEN 'in_work' ELSE s.category END) AS status,
  (SELECT y.name->>'${locale}' FROM ticket_type y WHERE y.id = t."typeId") AS "typeName",
  (SELECT jsonb_build_object('id', c.id, 'name', c.name) FROM company c WHERE c.id = t."companyId") AS company,
  (SELECT jsonb_build_object('id', o.id, 'name', o.name) FROM service_object o WHERE o.id = t."objectId") AS object,
  CASE t."authorKind" WHEN 'employee' THEN (SELECT name FROM employee WHERE id = t."authorId")
                      WHEN 'contact' THEN (SELECT name FROM contact WHERE id = t."authorId") END AS "authorName"`;

const filesJson = (
  owner: string,
): string => `COALESCE((SELECT jsonb_agg(jsonb_build_object('fileId', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size, 'isInline', a."isInline")
    ORDER BY a."createdAt", a.id) FROM attachment a JOIN stored_file f ON f.id = a."fileId" WHERE ${owner} AND 'client' = ANY(a.audience)), '[]')`;
const filesSql = (owner: string): string => `${filesJson(owner)} AS files`;

const FROM = 'FROM ticket t JOIN ticket_status s ON s.id = t."statusId"';

/** Tickets of the list, the latest change first; one more than the limit. */
export function listPortalTickets(ctx: Ctx, actor: ContactActor, query: ListPortalTickets, params: SqlParams): string {
  const conditions = ['t."deletedAt" IS NULL', visibleTo(actor, params), shownApart(actor, params)];
  if (query.state) conditions.push(`t."statusCategory" ${query.state === 'closed' ? '' : 'NOT '}IN ('done', 'closed')`);
  if (query.scope === 'mine') conditions.push(ownOf(actor, params));
  if (query.companyId) conditions.push(`t."companyId" = ${params.add(query.companyId)}::uuid`);
  if (query.q) conditions.push(ticketTextCondition(query.q, params, actor));
  const after = decodeCursor(query.cursor, ['date', 'uuid']);
  if (after)
    conditions.push(
      `(t."publicUpdatedAt", t.id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`,
    );
  return `SELECT ${rowColumns(ctx.locale)} ${FROM} WHERE ${conditions.join(' AND ')}
    ORDER BY t."publicUpdatedAt" DESC, t.id DESC LIMIT ${params.add(query.limit + 1)}`;
}

/** Rows of these tickets, without order. */
export const portalTicketsOf = (ctx: Ctx, actor: ContactActor, ids: string, params: SqlParams): string =>
  `SELECT ${rowColumns(ctx.locale)} ${FROM} WHERE t.id = ANY(${ids}::uuid[]) AND t."deletedAt" IS NULL AND ${visibleTo(actor, params)}`;

/** A merged ticket is shown in what it was merged into, to those who see that. */
const shownApart = (actor: ContactActor, params: SqlParams): string =>
  `(t."mergedIntoId" IS NULL OR NOT EXISTS (SELECT 1 FROM ticket s WHERE s.id = ticket_survivor(t.id) AND s."deletedAt" IS NULL AND ${visibleTo(actor, params, 's')}))`;

/** The client's requests that were merged into the ticket, each as it was filed. */
const mergedSql = `(SELECT jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'subject', m.subject, 'description', m.description, 'createdAt', m."createdAt",
    'authorKind', m."authorKind", 'authorId', m."authorId", 'authorName', CASE m."authorKind" WHEN 'employee' THEN (SELECT name FROM employee WHERE id = m."authorId")
      WHEN 'contact' THEN (SELECT name FROM contact WHERE id = m."authorId") END,
    'files', ${filesJson(`a."ticketId" = m.id AND a."commentId" IS NULL AND a."isInline"`)}) ORDER BY m."createdAt", m.id)
  FROM ticket m WHERE m."mergedIntoId" IS NOT NULL AND m.id <> t.id AND m."deletedAt" IS NULL AND m.id IN (SELECT ticket_absorbed(t.id)))`;

/** One ticket in full; the condition names it. */
export function onePortalTicket(ctx: Ctx, actor: ContactActor, condition: string, params: SqlParams): string {
  const tooLate = `(t."statusCategory" = 'closed' AND t."closedAt" < ${params.add(ctx.now())}::timestamptz - interval '${REOPEN_DAYS} days')`;
  const takesPart = `COALESCE((${reachOfContact(actor, params)}), false)`;
  const closes = `COALESCE(${closableBy(actor, params)}, false) AND ${takesPart} AND EXISTS (SELECT 1 FROM status_transition tr JOIN ticket_status ts ON ts.id = tr."toId"
    WHERE tr."fromId" = t."statusId" AND t."processId" = ANY(tr."processIds") AND tr."availableForClient" AND ts.category = 'closed' AND (tr."typeIds" IS NULL OR t."typeId" = ANY(tr."typeIds")))`;
  const isOver = `t."statusCategory" IN ('done', 'closed')`;
  return `SELECT ${rowColumns(ctx.locale)}, t.description, (SELECT name FROM employee WHERE id = t."assigneeId") AS responsible,
    ${filesSql('a."ticketId" = t.id AND a."commentId" IS NULL')}, t."customFields",
    CASE WHEN EXISTS (SELECT 1 FROM ticket m WHERE m."mergedIntoId" = t.id) THEN ${mergedSql} END AS merged,
    jsonb_build_object('comment', ${takesPart} AND NOT ${tooLate}, 'close', t."statusCategory" <> 'closed' AND ${closes},
      'reopen', ${isOver} AND ${takesPart} AND NOT ${tooLate}, 'rate', ${isOver} AND COALESCE(${ownOf(actor, params)}, false)) AS can
    ${FROM} WHERE t."deletedAt" IS NULL AND ${visibleTo(actor, params)} AND ${condition}`;
}

/** Comments a client may read, in the order they were written: those for him and no longer held back. */
export function portalComments(
  ctx: Ctx,
  condition: string,
  limit: number,
  cursor: string | undefined,
  params: SqlParams,
): string {
  const after = decodeCursor(cursor, ['date', 'uuid']);
  return `SELECT c.id, c."authorKind", c."authorId", c."authorName", c.html, c."createdAt", ${filesSql('a."commentId" = c.id')}
    FROM comment c WHERE ${condition} AND 'client' = ANY(c.audience) AND c."undoneAt" IS NULL AND c."visibleAt" <= ${params.add(ctx.now())}::timestamptz
    ${after ? `AND (c."createdAt", c.id) > (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)` : ''}
    ORDER BY c."createdAt", c.id LIMIT ${params.add(limit + 1)}`;
}
