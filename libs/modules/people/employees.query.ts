import { type Actor, type Locale, scopesOf } from '@opora/platform/context';
import type { ListEmployees } from './employees.dto';
import type { LocalText } from './role.entity';

export type EmployeeRow = {
  id: string;
  name: string;
  sortName: string;
  email: string;
  phone: string | null;
  phoneExtension: string | null;
  locale: Locale;
  timeZone: string | null;
  isActive: boolean;
  roleIds: string[];
  roles: { id: string; code: string | null; name: LocalText }[];
  teams: { id: string; name: string; line: number }[];
  position: string;
  managerId: string | null;
  manager: { id: string; name: string } | null;
  totpEnabled: boolean;
  lastSeenAt: Date | null;
  createdAt: Date;
  archivedAt: Date | null;
};

/** An employee with everything its view shows, in one query. */
export const EMPLOYEE_SELECT = `
  SELECT e.*, lower(e.name) AS "sortName",
    (SELECT coalesce(json_agg(json_build_object('id', r.id, 'code', r.code, 'name', r.name) ORDER BY r.id), '[]')
       FROM role r WHERE r.id = ANY (e."roleIds")) AS roles,
    (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'line', t.line) ORDER BY t.line, t.name), '[]')
       FROM team_member m JOIN team t ON t.id = m."teamId" WHERE m."employeeId" = e.id AND t."archivedAt" IS NULL) AS teams,
    (SELECT json_build_object('id', b.id, 'name', b.name) FROM employee b WHERE b.id = e."managerId") AS manager,
    EXISTS (SELECT 1 FROM credential c WHERE c."subjectKind" = 'employee' AND c."subjectId" = e.id AND c."totpConfirmedAt" IS NOT NULL) AS "totpEnabled",
    (SELECT max(s."lastUsedAt") FROM session s WHERE s."subjectKind" = 'employee' AND s."subjectId" = e.id) AS "lastSeenAt"
  FROM employee e`;

/** Active people for pickers: pattern, team, limit. */
export const DIRECTORY_SELECT = `
  SELECT e.id, e.name, e.email,
    ARRAY(SELECT m."teamId" FROM team_member m JOIN team t ON t.id = m."teamId" WHERE m."employeeId" = e.id AND t."archivedAt" IS NULL) AS "teamIds"
  FROM employee e
  WHERE e."isActive" AND e."archivedAt" IS NULL AND ($1::text IS NULL OR e.name ILIKE $1 OR e.email ILIKE $1)
    AND ($2::uuid IS NULL OR EXISTS (SELECT 1 FROM team_member m WHERE m."employeeId" = e.id AND m."teamId" = $2))
  ORDER BY lower(e.name), e.id LIMIT $3`;

/** The rows a permission reaches: everybody, the people of one's teams, oneself. Categories of clients do not divide employees. */
export function visibleEmployees(actor: Actor, permission: string): { sql: string; parameters: unknown[] } {
  const kinds = scopesOf(actor, permission).map((scope) => scope.kind);
  const seesAll = kinds.includes('all') || kinds.includes('categories');
  const teamIds = kinds.includes('teams') && actor.kind === 'employee' ? actor.teamIds : [];
  const self = kinds.length && actor.kind === 'employee' ? actor.id : null;
  return {
    sql: `($1::boolean OR e.id = $2::uuid OR EXISTS (SELECT 1 FROM team_member own WHERE own."employeeId" = e.id AND own."teamId" = ANY ($3::uuid[])))`,
    parameters: [seesAll, self, teamIds],
  };
}

/** A pattern for ILIKE; what the person typed is text, not a pattern. */
export const likeOf = (q: string | undefined): string | null => (q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null);

export function listEmployeesSql(
  actor: Actor,
  permission: string,
  query: ListEmployees,
  after: readonly unknown[] | undefined,
) {
  const { sql, parameters } = visibleEmployees(actor, permission);
  return {
    sql: `${EMPLOYEE_SELECT}
      WHERE ${sql}
        AND CASE coalesce($4, 'current')
              WHEN 'current' THEN e."archivedAt" IS NULL
              WHEN 'active' THEN e."archivedAt" IS NULL AND e."isActive"
              WHEN 'inactive' THEN e."archivedAt" IS NULL AND NOT e."isActive"
              WHEN 'archived' THEN e."archivedAt" IS NOT NULL
              ELSE true END
        AND ($5::text IS NULL OR e.name ILIKE $5 OR e.email ILIKE $5 OR e.phone ILIKE $5 OR e."phoneExtension" ILIKE $5)
        AND ($6::uuid IS NULL OR EXISTS (SELECT 1 FROM team_member m WHERE m."employeeId" = e.id AND m."teamId" = $6))
        AND ($7::uuid IS NULL OR e."roleIds" @> ARRAY[$7::uuid])
        AND ($8::text IS NULL OR (lower(e.name), e.id) > ($8, $9::uuid))
      ORDER BY lower(e.name), e.id LIMIT $10`,
    parameters: [
      ...parameters,
      query.state ?? null,
      likeOf(query.q),
      query.teamId ?? null,
      query.roleId ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      query.limit + 1,
    ],
  };
}
