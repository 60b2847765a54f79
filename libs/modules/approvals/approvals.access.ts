import { type Actor, scopesOf } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { definePermissions } from '@opora/platform/permissions';

/** To decide needs none of them: whoever is asked decides. */
export const ApprovalPermission = definePermissions('approvals', ['start', 'manage', 'read_all', 'act_for']);

/** True when a permission reaches every approval. */
export const reachesAll = (actor: Actor, permission: string): boolean =>
  scopesOf(actor, permission).some(({ kind }) => kind === 'all');

/**
 * The approvals this actor may see, as one SQL condition over the alias: what he began, was asked about (once it was his turn), reads
 * along or has a task of, what began in his teams where his reading reaches them, everything where it reaches all. A contact sees what he
 * was asked about.
 */
export function visibleTo(actor: Actor, params: SqlParams, alias = 'a'): string {
  if (actor.kind === 'system') return 'true';
  if (actor.kind === 'anonymous') return 'false';
  const scopes = scopesOf(actor, ApprovalPermission.read_all).map(({ kind }) => kind);
  if (scopes.includes('all')) return 'true';
  const me = params.add(actor.id);
  const asked = `EXISTS (SELECT 1 FROM approval_step s WHERE s."approvalId" = ${alias}.id AND s."personId" = ${me}::uuid AND s."personKind" = '${actor.kind}' AND s."askedAt" IS NOT NULL)`;
  if (actor.kind === 'contact') return asked;
  const conditions = [
    asked,
    `(${alias}."initiatorId" = ${me}::uuid AND ${alias}."initiatorKind" = 'employee')`,
    `EXISTS (SELECT 1 FROM approval_copy c WHERE c."approvalId" = ${alias}.id AND c."employeeId" = ${me}::uuid)`,
    `EXISTS (SELECT 1 FROM approval_task k WHERE k."approvalId" = ${alias}.id AND k."employeeId" = ${me}::uuid)`,
  ];
  if (scopes.includes('teams') && actor.teamIds.length)
    conditions.push(
      `${alias}."initiatorId" IN (SELECT m."employeeId" FROM team_member m WHERE m."teamId" = ANY(${params.add(actor.teamIds)}::uuid[]))`,
    );
  return `(${conditions.join(' OR ')})`;
}
