import { type Actor, scopesOf } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { definePermissions } from '@opora/platform/permissions';

/** `read` opens the board; `manage` draws zones and keeps skills, how far is the role's scope. */
export const DispatchPermission = definePermissions('dispatch', ['read', 'manage']);

/** SQL condition: people on whose work the actor may look (or whose skills and zones he may keep). */
export function visiblePeople(
  actor: Actor,
  params: SqlParams,
  employee: string,
  permission = DispatchPermission.read,
): string {
  if (actor.kind === 'system') return 'true';
  if (actor.kind !== 'employee') return 'false';
  const kinds = scopesOf(actor, permission).map(({ kind }) => kind);
  if (kinds.includes('all') || kinds.includes('categories')) return 'true';
  if (!kinds.length) return 'false';
  const self = `${employee} = ${params.add(actor.id)}::uuid`;
  if (!kinds.includes('teams')) return self;
  return `(${self} OR ${employee} IN (SELECT "employeeId" FROM team_member WHERE "teamId" = ANY(${params.add(actor.teamIds)}::uuid[])))`;
}

/** SQL condition: teams whose board the actor may open. */
export function visibleTeams(actor: Actor, params: SqlParams, team: string): string {
  if (actor.kind === 'system') return 'true';
  if (actor.kind !== 'employee') return 'false';
  const kinds = scopesOf(actor, DispatchPermission.read).map(({ kind }) => kind);
  if (kinds.includes('all') || kinds.includes('categories')) return 'true';
  return kinds.length ? `${team} = ANY(${params.add(actor.teamIds)}::uuid[])` : 'false';
}
