import { type Actor, type EmployeeActor, type Grant, holds, type Scope, scopesOf } from '@opora/platform/context';
import { declaredPermissions, definePermissions } from '@opora/platform/permissions';
import { PRESET_PERMISSIONS } from './preset-roles';
import type { Role } from './role.entity';

/** Permissions of the module. */
export const PeoplePermission = definePermissions('people', [
  'read',
  'manage',
  'manage_roles',
  'manage_api_keys',
  'manage_absences',
]);

type RoleFacts = Pick<Role, 'code' | 'isPreset' | 'permissions' | 'scope' | 'categoryIds'>;

/** What a role allows: presets take their list from the code, so that a new version brings new permissions; the administrator holds all. */
export function permissionsOfRole(role: RoleFacts): string[] {
  const known = declaredPermissions();
  if (role.isPreset && role.code === 'admin') return [...known.keys()];
  const listed = role.isPreset ? (PRESET_PERMISSIONS[role.code ?? ''] ?? []) : role.permissions;
  return listed.filter((permission) => known.has(permission));
}

export function grantsOfRoles(roles: readonly RoleFacts[]): Grant[] {
  return roles.flatMap((role) => {
    const scope: Scope =
      role.scope === 'categories' ? { kind: 'categories', categoryIds: role.categoryIds } : { kind: role.scope };
    return permissionsOfRole(role).map((permission) => ({ permission, scope }));
  });
}

const covers = (wide: Scope, narrow: Scope): boolean => {
  if (wide.kind === 'all') return true;
  if (wide.kind === 'teams' && narrow.kind === 'own') return true;
  if (wide.kind !== narrow.kind) return false;
  return (
    wide.kind !== 'categories' ||
    narrow.kind !== 'categories' ||
    narrow.categoryIds.every((id) => wide.categoryIds.includes(id))
  );
};

/** Nobody hands out, or takes over, what he does not hold himself, neither in permission nor in reach. */
export const holdsAll = (actor: Actor, grants: readonly Grant[]): boolean =>
  grants.every(({ permission, scope }) => scopesOf(actor, permission).some((own) => covers(own, scope)));

export const canManage = (actor: Actor, grants: readonly Grant[]): boolean =>
  holds(actor, PeoplePermission.manage) && holdsAll(actor, grants);

type LineFacts = { forbidsClientReplies: boolean; hidesClientContacts: boolean };

/** what the person's lines and roles leave of the contact with clients. A person without a team is not limited by one. */
export function clientContactOf(
  grants: readonly Grant[],
  teams: readonly LineFacts[],
): Pick<EmployeeActor, 'mayWriteToClients' | 'seesClientContacts'> {
  const has = (permission: string) => grants.some((grant) => grant.permission === permission);
  const isFree = (rule: keyof LineFacts) => teams.length === 0 || teams.some((team) => !team[rule]);
  return {
    mayWriteToClients: has('tickets.reply_client') && isFree('forbidsClientReplies'),
    seesClientContacts: has('clients.read_contacts') && isFree('hidesClientContacts'),
  };
}
