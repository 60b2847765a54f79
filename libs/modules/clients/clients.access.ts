import { type Actor, holds, scopesOf } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { definePermissions } from '@opora/platform/permissions';

/** Permissions of the module. */
export const ClientsPermission = definePermissions('clients', ['read', 'manage', 'read_contacts', 'manage_portal']);

/** phones and addresses are shown to those whose role allows and whose lines do not forbid it. */
export const seesContacts = (actor: Actor): boolean =>
  actor.kind === 'system' || (actor.kind === 'employee' && actor.seesClientContacts);

/**
 * Which categories limit the actor; undefined means no limit.
 * Whoever reaches the tickets of his team, or his own, meets any company there: he may look up every company,
 * and what he must not see, phones and addresses, is hidden by `seesContacts`.
 */
function categoryLimit(actor: Actor, permission: string): readonly string[] | undefined {
  const scopes = scopesOf(actor, permission);
  if (scopes.some((scope) => scope.kind !== 'categories')) return undefined;
  return scopes.flatMap((scope) => (scope.kind === 'categories' ? scope.categoryIds : []));
}

/** A contact reads what is his; the commands of the staff are not for him. */
const isReading = (permission: string): boolean => permission === ClientsPermission.read;

/** SQL condition: companies the actor may read (or, with another permission, act upon). */
export function visibleCompanies(
  actor: Actor,
  params: SqlParams,
  companyId: string,
  permission = ClientsPermission.read,
): string {
  if (actor.kind === 'contact') {
    const own = actor.memberships.map((membership) => membership.companyId);
    return isReading(permission) ? `${companyId} = ANY(${params.add(own)}::uuid[])` : 'false';
  }
  if (!holds(actor, permission)) return 'false';
  const categories = categoryLimit(actor, permission);
  if (!categories) return 'true';
  return `EXISTS (SELECT 1 FROM company_category_link l WHERE l."companyId" = ${companyId} AND l."categoryId" = ANY(${params.add(categories)}::uuid[]))`;
}

/** SQL condition: contacts the actor may read. Whoever is limited to some companies sees only their people. */
export function visibleContacts(
  actor: Actor,
  params: SqlParams,
  contactId: string,
  permission = ClientsPermission.read,
): string {
  if (actor.kind === 'contact') return isReading(permission) ? `${contactId} = ${params.add(actor.id)}` : 'false';
  if (!holds(actor, permission)) return 'false';
  if (!categoryLimit(actor, permission)) return 'true';
  return `EXISTS (SELECT 1 FROM membership m WHERE m."contactId" = ${contactId} AND ${visibleCompanies(actor, params, 'm."companyId"', permission)})`;
}

/** SQL condition: service objects the actor may read; a contact with limited rights reaches only his part of the tree. */
export function visibleObjects(
  actor: Actor,
  params: SqlParams,
  object: string,
  permission = ClientsPermission.read,
): string {
  if (actor.kind !== 'contact') return visibleCompanies(actor, params, `${object}."companyId"`, permission);
  if (!isReading(permission)) return 'false';
  const parts = actor.memberships.map(({ companyId, objectIds }) => {
    const own = `${object}."companyId" = ${params.add(companyId)}`;
    return objectIds.length ? `(${own} AND ${object}.path && ${params.add(objectIds)}::uuid[])` : `(${own})`;
  });
  return parts.length ? `(${parts.join(' OR ')})` : 'false';
}
