/**
 * The list of tickets in two steps: the ids of a page by an index, planned for the filter at hand; then its rows by one statement that
 * is planned once, because planning its joins takes longer than the rest.
 */
import type { Ctx } from '@opora/platform/context';
import type { JsonPart, SqlParams } from '@opora/platform/db';
import type { SortSql } from './ticket-filter-sql';
import { rowLead } from './ticket-row-text';

const JOINS = `LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN contact ct ON ct.id = t."contactId"
  LEFT JOIN service_object ob ON ob.id = t."objectId" LEFT JOIN employee em ON em.id = t."assigneeId"`;

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

/** The rows of a page in the order of the ids, each with its lead; `colors` are the conditions of the colour rules. */
export function rowsSql(
  { actor }: Ctx,
  ids: readonly string[],
  row: JsonPart,
  params: SqlParams,
  { colors, withCustom }: { colors: readonly string[]; withCustom: boolean },
): string {
  // PostgreSQL plans anew what looks cheaper than its plan for any ids, as a handful of them would.
  const wanted = params.add([...ids, ...Array<null>(Math.max(0, LEAST_PLACES - ids.length)).fill(null)]);
  const reader = `${params.add(actor.kind === 'employee' ? actor.id : null)}::uuid`;
  const rule = colors.length
    ? `CASE ${colors.map((condition, index) => `WHEN ${condition} THEN ${index}`).join(' ')} END`
    : 'NULL';
  const lead = rowLead(rule, withCustom ? 't."customFields"' : 'NULL');
  return `SELECT ${[...lead, ...row.columns].join(', ')}
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
