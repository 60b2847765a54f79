import type { Actor } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { decodeCursor } from '@opora/platform/http';
import { ClientsPermission, visibleObjects } from './clients.access';
import { nameRef } from './companies.query';
import { afterName, inState, matchesText } from './directory-search';
import type { ListServiceObjects } from './service-objects.dto';

/** SQL of the way from the top of the tree to the parent: `[{ id, name }]`. */
export const ANCESTORS = `COALESCE((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) ORDER BY cardinality(a.path))
  FROM service_object a WHERE a.id = ANY(o.path) AND a.id <> o.id), '[]')`;

/** Service objects with names; the conditions follow. */
export const selectObjects = (actor: Actor, params: SqlParams): string => `
  SELECT o.*, lower(o.name) AS "sortName", c.name AS "companyName", ${ANCESTORS} AS ancestors, ${nameRef('e')} AS employee, ${nameRef('t')} AS team,
    ${visibleObjects(actor, params, 'o', ClientsPermission.manage)} AS "isManaged"
  FROM service_object o
  JOIN company c ON c.id = o."companyId"
  LEFT JOIN employee e ON e.id = o."responsibleEmployeeId"
  LEFT JOIN team t ON t.id = o."responsibleTeamId"
  WHERE ${visibleObjects(actor, params, 'o')}`;

/** SQL condition of the list's filters and place. */
export function filterObjects(params: SqlParams, query: ListServiceObjects): string {
  const conditions = [
    inState('o."archivedAt"', query.state),
    matchesText(params, 'o."searchText"', query.q),
    afterName(params, 'o', decodeCursor(query.cursor, ['text', 'uuid'])),
  ];
  if (query.companyId) conditions.push(`o."companyId" = ${params.add(query.companyId)}`);
  if (query.parentId) conditions.push(`o."parentId" = ${params.add(query.parentId)}`);
  if (query.within) conditions.push(`o.path @> ARRAY[${params.add(query.within)}::uuid]`);
  if (query.kind) conditions.push(`o.kind = ${params.add(query.kind)}`);
  return conditions.join(' AND ');
}

/** The levels that inheritance reads: the object `$1`, those above it, its company `$2`, in this order. */
export const LEVELS = `
  SELECT l.kind, l.id, l.name, l.address, l."timeZone", ${nameRef('e')} AS employee, ${nameRef('t')} AS team
  FROM (
    SELECT 'object' AS kind, cardinality(a.path) AS depth, a.id, a.name, a.address, a."timeZone", a."responsibleEmployeeId", a."responsibleTeamId"
    FROM service_object o JOIN service_object a ON a.id = ANY(o.path) WHERE o.id = $1
    UNION ALL
    SELECT 'company', 0, c.id, c.name, c.address, c."timeZone", c."responsibleEmployeeId", c."responsibleTeamId" FROM company c
      WHERE c.id = COALESCE($2, (SELECT "companyId" FROM service_object WHERE id = $1))
  ) l
  LEFT JOIN employee e ON e.id = l."responsibleEmployeeId" AND ($3 = false OR (e."isActive" AND e."archivedAt" IS NULL))
  LEFT JOIN team t ON t.id = l."responsibleTeamId" AND ($3 = false OR t."archivedAt" IS NULL)
  ORDER BY l.depth DESC`;
