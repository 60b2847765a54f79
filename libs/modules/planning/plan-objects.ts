import type { SqlParams } from '@opora/platform/db';
import type { PlannedTicket } from './planned-ticket.entity';

/** The most objects one plan may be for. */
export const MAX_OBJECTS = 5000;

type Asked = Pick<PlannedTicket, 'objects' | 'reach'>;

/** SQL: ids and companies of the objects a plan is for at present, as `"objectId", "companyId"`. Archived ones are none of them. */
export function planObjectsSql({ objects, reach }: Asked, params: SqlParams): string {
  const { mode, ids, companyIds, categoryIds, underIds, kinds } = objects;
  const uuids = (list: readonly string[]): string => `${params.add(list)}::uuid[]`;
  const inCategory = (list: readonly string[]): string =>
    `EXISTS (SELECT 1 FROM company_category_link l WHERE l."companyId" = so."companyId" AND l."categoryId" = ANY(${uuids(list)}))`;
  const parts = [`so."archivedAt" IS NULL`, `c."archivedAt" IS NULL`];
  if (mode === 'list') parts.push(`so.id = ANY(${uuids(ids)})`);
  if (mode === 'filter' && companyIds.length) parts.push(`so."companyId" = ANY(${uuids(companyIds)})`);
  if (mode === 'filter' && categoryIds.length) parts.push(inCategory(categoryIds));
  if (mode === 'filter' && underIds.length) parts.push(`so.path && ${uuids(underIds)}`);
  if (mode === 'filter' && kinds.length) parts.push(`so.kind = ANY(${params.add(kinds)}::text[])`);
  if (reach) parts.push(inCategory(reach));
  return `SELECT so.id AS "objectId", so."companyId" FROM service_object so JOIN company c ON c.id = so."companyId" WHERE ${parts.join(' AND ')}`;
}

/** SQL: for whom each date makes a row of its own: every object, or nobody in particular. */
export function planRowsSql(
  plan: Pick<PlannedTicket, 'objects' | 'reach' | 'fanOut' | 'ticket'>,
  params: SqlParams,
): string {
  if (plan.objects.mode !== 'none' && plan.fanOut === 'one_each') return planObjectsSql(plan, params);
  return `SELECT NULL::uuid AS "objectId", ${params.add(plan.ticket.companyId)}::uuid AS "companyId"`;
}
