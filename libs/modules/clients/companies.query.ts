import type { Actor } from '@opora/platform/context';
import { decodeCursor } from '@opora/platform/http';
import type { SqlParams } from '@opora/platform/db';
import { ClientsPermission, seesContacts, visibleCompanies } from './clients.access';
import type { ListCompanies } from './companies.dto';
import { afterName, inState, matchesText } from './directory-search';

/** SQL of `{ id, name }` for a joined row, or null. */
export const nameRef = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name) END`;

/** Companies with the names of what they refer to; the conditions follow. */
export const selectCompanies = (actor: Actor, params: SqlParams): string => `
  SELECT c.*, lower(c.name) AS "sortName", ${nameRef('e')} AS employee, ${nameRef('t')} AS team,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name, 'color', g.color) ORDER BY lower(g.name), g.id)
              FROM company_category_link l JOIN company_category g ON g.id = l."categoryId" WHERE l."companyId" = c.id), '[]') AS categories,
    (SELECT count(*)::int FROM membership m JOIN contact k ON k.id = m."contactId" AND k."archivedAt" IS NULL WHERE m."companyId" = c.id) AS "contactCount",
    (SELECT count(*)::int FROM service_object o WHERE o."companyId" = c.id AND o."archivedAt" IS NULL) AS "objectCount",
    ${visibleCompanies(actor, params, 'c.id', ClientsPermission.manage)} AS "isManaged"
  FROM company c
  LEFT JOIN employee e ON e.id = c."responsibleEmployeeId"
  LEFT JOIN team t ON t.id = c."responsibleTeamId"
  WHERE ${visibleCompanies(actor, params, 'c.id')}`;

const KIND_COLUMN = { client: '"isClient"', partner: '"isPartner"', supplier: '"isSupplier"' } as const;

/** SQL condition of the list's filters and place. */
export function filterCompanies(actor: Actor, params: SqlParams, query: ListCompanies): string {
  const conditions = [
    inState('c."archivedAt"', query.state),
    matchesText(params, seesContacts(actor) ? 'c."searchText"' : 'c."searchName"', query.q),
    afterName(params, 'c', decodeCursor(query.cursor, ['text', 'uuid'])),
  ];
  if (query.categoryId) {
    conditions.push(
      `EXISTS (SELECT 1 FROM company_category_link l WHERE l."companyId" = c.id AND l."categoryId" = ${params.add(query.categoryId)})`,
    );
  }
  if (query.kind) conditions.push(`c.${KIND_COLUMN[query.kind]}`);
  if (query.responsibleEmployeeId)
    conditions.push(`c."responsibleEmployeeId" = ${params.add(query.responsibleEmployeeId)}`);
  if (query.responsibleTeamId) conditions.push(`c."responsibleTeamId" = ${params.add(query.responsibleTeamId)}`);
  if (query.externalId !== undefined) {
    conditions.push(
      `c."externalIds" @> ${params.add(JSON.stringify({ [query.externalSystem ?? '']: query.externalId }))}::jsonb`,
    );
  }
  return conditions.join(' AND ');
}
