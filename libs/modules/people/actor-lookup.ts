import type { Actor, EmployeeActor, Locale } from '@opora/platform/context';
import { clientContactOf, grantsOfRoles } from './people.access';
import type { Role } from './role.entity';

export type ActorRow = {
  id: string;
  name: string;
  locale: Locale;
  mustChange: boolean | null;
  roles: Pick<Role, 'code' | 'isPreset' | 'permissions' | 'scope' | 'categoryIds'>[];
  teams: { id: string; name: string; line: number; forbidsClientReplies: boolean; hidesClientContacts: boolean }[];
};

/** Everything that makes an employee an actor, in one query; nobody who is archived or inactive. */
export const ACTOR_SELECT = `
  SELECT e.id, e.name, e.locale, c."mustChange",
    (SELECT coalesce(json_agg(json_build_object('code', r.code, 'isPreset', r."isPreset", 'permissions', r.permissions,
              'scope', r.scope, 'categoryIds', r."categoryIds")), '[]')
       FROM role r WHERE r.id = ANY (e."roleIds")) AS roles,
    (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'line', t.line, 'forbidsClientReplies', t."forbidsClientReplies",
              'hidesClientContacts', t."hidesClientContacts") ORDER BY t.line, t.name), '[]')
       FROM team_member m JOIN team t ON t.id = m."teamId" WHERE m."employeeId" = e.id AND t."archivedAt" IS NULL) AS teams
  FROM employee e LEFT JOIN credential c ON c."subjectKind" = 'employee' AND c."subjectId" = e.id
  WHERE e.id = $1 AND e."isActive" AND e."archivedAt" IS NULL`;

export function actorOfRow(row: ActorRow): EmployeeActor {
  const grants = grantsOfRoles(row.roles);
  return {
    kind: 'employee',
    id: row.id,
    name: row.name,
    locale: row.locale,
    grants,
    teamIds: row.teams.map((team) => team.id),
    ...clientContactOf(grants, row.teams),
    mustChangePassword: row.mustChange ?? false,
  };
}

/** The permissions an actor holds, each once. */
export const permissionsOf = (actor: Actor): string[] =>
  actor.kind === 'employee' ? [...new Set(actor.grants.map((grant) => grant.permission))].sort() : [];
