import { visibleCompanies } from '@opora/modules/clients';
import { type Actor, scopesOf } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { definePermissions } from '@opora/platform/permissions';

/** `read` sees plans and the calendar; `manage` makes and changes plans, skips and moves their dates. */
export const PlanningPermission = definePermissions('planning', ['read', 'manage']);

/** Categories of companies the actor is bound to; null without bounds. Whoever reaches a team's tickets plans for any client. */
export function reachOf(actor: Actor, permission: string): string[] | null {
  if (actor.kind === 'system') return null;
  const scopes = scopesOf(actor, permission);
  if (scopes.some(({ kind }) => kind !== 'categories')) return null;
  return scopes.flatMap((scope) => (scope.kind === 'categories' ? scope.categoryIds : []));
}

/** SQL condition: plans; whoever is bound to categories sees those made within them. */
export function visiblePlans(actor: Actor, params: SqlParams, permission: string, alias = 'p'): string {
  const reach = reachOf(actor, permission);
  return reach === null ? 'true' : `${alias}.reach <@ ${params.add(reach)}::uuid[]`;
}

/** SQL condition: dates of plans over `o` with their plan `p`: those of a company he may see, and those of his plans. */
export const visibleOccurrences = (actor: Actor, params: SqlParams, permission: string): string =>
  `(${visiblePlans(actor, params, permission)} OR ${visibleCompanies(actor, params, 'o."companyId"', permission)})`;
