/**
 * The list of tickets in two steps: the ids of a page by an index, planned for the filter at hand; then its rows with all names by one
 * statement that is planned once, because planning ten joins takes longer than the rest.
 */
import type { Ctx, Locale } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import type { TicketRowView } from './ticket-list.dto';
import type { ShownFields } from './ticket-fields.service';
import type { SortSql } from './ticket-filter-sql';
import { selectRowFacets } from './ticket-facets';
import type { ColorRule } from './ticket-view.entity';

/** Columns of a row as they come from the database; names repeat the view's. */
export type TicketRow = {
  id: string;
  number: number;
  version: number;
  subject: string;
  source: TicketRowView['source'];
  awaiting: TicketRowView['awaiting'];
  createdAt: string;
  updatedAt: string;
  deadlineAt: string | null;
  scheduledFor: string | null;
  putAsideUntil: string | null;
  commentCount: number;
  fileCount: number;
  isDeleted: boolean;
  hasUnread: boolean;
  typeId: string;
  typeName: string;
  statusId: string;
  statusName: string;
  statusColor: string;
  statusCategory: TicketRowView['status']['category'];
  priorityId: string;
  priorityCode: string;
  priorityName: string;
  priorityColor: string;
  companyId: string | null;
  companyName: string | null;
  contactId: string | null;
  contactName: string | null;
  objectId: string | null;
  objectName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  teamId: string | null;
  teamName: string | null;
  rule: number | null;
  customFields: Record<string, unknown>;
  facets: object;
};

/** As PostgreSQL writes it, `2026-11-22 14:46:07.5`: formatting it there costs more than the rest of the row. */
const moment = (column: string): string => `(t."${column}" AT TIME ZONE 'UTC')::text AS "${column}"`;

/** What a row shows, over the aliases of JOINS. */
function columns(locale: Locale): string {
  const local = (alias: string) => `${alias}.name->>'${locale === 'en' ? 'en' : 'ru'}'`;
  return `t.id, t.number, t.version, t.subject, t.source, t.awaiting, ${['createdAt', 'updatedAt', 'deadlineAt', 'scheduledFor', 'putAsideUntil'].map(moment).join(', ')},
    t."commentCount", t."fileCount", t."deletedAt" IS NOT NULL AS "isDeleted",
    t."lastCommentAt" IS NOT NULL AND (seen."lastSeenAt" IS NULL OR seen."lastSeenAt" < t."lastCommentAt") AS "hasUnread",
    t."typeId", ${local('ty')} AS "typeName",
    t."statusId", ${local('st')} AS "statusName", st.color AS "statusColor", t."statusCategory",
    t."priorityId", pr.code AS "priorityCode", ${local('pr')} AS "priorityName", pr.color AS "priorityColor",
    t."companyId", co.name AS "companyName", t."contactId", ct.name AS "contactName", t."objectId", ob.name AS "objectName",
    t."assigneeId", em.name AS "assigneeName", t."teamId", te.name AS "teamName"`;
}

const JOINS = `JOIN ticket_type ty ON ty.id = t."typeId" JOIN ticket_status st ON st.id = t."statusId" JOIN priority pr ON pr.id = t."priorityId"
  LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN contact ct ON ct.id = t."contactId" LEFT JOIN service_object ob ON ob.id = t."objectId"
  LEFT JOIN employee em ON em.id = t."assigneeId" LEFT JOIN team te ON te.id = t."teamId"`;

/** A place in the order of the list. */
export type PlaceRow = { id: string; key: string };

export const pageSql = (
  where: string,
  { key, join }: SortSql,
  isDescending: boolean,
  limit: number,
  params: SqlParams,
): string => {
  const order = isDescending ? 'DESC' : 'ASC';
  return `SELECT t.id, (${key})::text AS key FROM ticket t ${join} WHERE ${where} ORDER BY ${key} ${order}, t.id ${order} LIMIT ${params.add(limit)}::int`;
};

const LEAST_PLACES = 40;

/** The rows of a page in the order of the ids; `colors` are the conditions of the colour rules. */
export function rowsSql(
  ctx: Ctx,
  ids: readonly string[],
  params: SqlParams,
  { colors, withCustom }: { colors: readonly string[]; withCustom: boolean },
): string {
  const { actor, locale } = ctx;
  // PostgreSQL plans anew what looks cheaper than its plan for any ids, as a handful of them would.
  const wanted = params.add([...ids, ...Array<null>(Math.max(0, LEAST_PLACES - ids.length)).fill(null)]);
  const reader = `${params.add(actor.kind === 'employee' ? actor.id : null)}::uuid`;
  const rule = colors.length
    ? `CASE ${colors.map((condition, index) => `WHEN ${condition} THEN ${index}`).join(' ')} END`
    : 'NULL::int';
  return `SELECT ${columns(locale)}, ${rule} AS rule, ${withCustom ? 't."customFields"' : `'{}'::jsonb AS "customFields"`}, ${selectRowFacets(ctx, params)} AS facets
    FROM unnest(${wanted}::uuid[]) WITH ORDINALITY p(id, place) JOIN ticket t ON t.id = p.id ${JOINS}
    LEFT JOIN ticket_read seen ON seen."ticketId" = t.id AND seen."employeeId" = ${reader}
    ORDER BY p.place`;
}

/** Rows after the last one of the page before. */
export function afterRow(
  { key, type }: SortSql,
  isDescending: boolean,
  [value, id]: [string, string],
  params: SqlParams,
): string {
  return `(${key}, t.id) ${isDescending ? '<' : '>'} (${params.add(value)}::${type}, ${params.add(id)}::uuid)`;
}

function toMoment(text: string): string {
  const [day, time] = text.split(' ') as [string, string];
  return `${day}T${time.length === 8 ? `${time}.000` : time.padEnd(12, '0')}Z`;
}
const toMomentOrNull = (text: string | null): string | null => (text === null ? null : toMoment(text));

const ref = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

export function toTicketRowView(
  row: TicketRow,
  { customFields, customTexts }: ShownFields,
  rules: readonly ColorRule[],
  locale: Locale,
): TicketRowView {
  const rule = row.rule === null ? undefined : rules[row.rule];
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    subject: row.subject,
    type: { id: row.typeId, name: row.typeName },
    status: { id: row.statusId, name: row.statusName, color: row.statusColor, category: row.statusCategory },
    priority: { id: row.priorityId, code: row.priorityCode, name: row.priorityName, color: row.priorityColor },
    company: ref(row.companyId, row.companyName),
    contact: ref(row.contactId, row.contactName),
    object: ref(row.objectId, row.objectName),
    assignee: ref(row.assigneeId, row.assigneeName),
    team: ref(row.teamId, row.teamName),
    source: row.source,
    createdAt: toMoment(row.createdAt),
    updatedAt: toMoment(row.updatedAt),
    deadlineAt: toMomentOrNull(row.deadlineAt),
    scheduledFor: toMomentOrNull(row.scheduledFor),
    putAsideUntil: toMomentOrNull(row.putAsideUntil),
    awaiting: row.awaiting,
    hasUnread: row.hasUnread,
    commentCount: row.commentCount,
    fileCount: row.fileCount,
    isDeleted: row.isDeleted,
    customFields,
    customTexts,
    color: rule ? { tint: rule.tint, icon: rule.icon, label: rule.label[locale] } : null,
    ...row.facets,
  };
}
