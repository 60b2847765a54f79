import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';

const declared = new Map<string, string>();

/** Declares a module's permissions: `definePermissions('tickets', ['read'])` gives `{ read: 'tickets.read' }`. */
export function definePermissions<const Names extends readonly string[]>(prefix: string, names: Names) {
  for (const name of names) declared.set(`${prefix}.${name}`, prefix);
  return Object.fromEntries(names.map((name) => [name, `${prefix}.${name}`])) as { [Name in Names[number]]: string };
}

/** Every permission of the house with the module that declares it. */
export const declaredPermissions = (): ReadonlyMap<string, string> => declared;

export const PlatformPermission = definePermissions('platform', ['outbox', 'mail', 'organisation']);

/** Who may call a route. A route without a rule answers nobody. */
export type RouteRule =
  | { kind: 'allow'; permissions: readonly string[] }
  | { kind: 'signed-in'; duringPasswordChange: boolean }
  | { kind: 'portal'; duringPasswordChange: boolean }
  | { kind: 'public'; reason: string };

export const ROUTE_RULE = 'opora:route-rule';
const rule = (value: RouteRule) => SetMetadata(ROUTE_RULE, value);

/** Employees who hold at least one of the permissions on some rows; the service decides about the row. */
export const Allow = (...permissions: string[]) =>
  applyDecorators(rule({ kind: 'allow', permissions }), ApiBearerAuth(), ApiExtension('x-permissions', permissions));

/** Any employee: the own account, directories. */
export const SignedIn = ({ duringPasswordChange = false } = {}) =>
  applyDecorators(rule({ kind: 'signed-in', duringPasswordChange }), ApiBearerAuth());

/** Contacts: the portal. The service decides by the contact's memberships. */
export const PortalOnly = ({ duringPasswordChange = false } = {}) =>
  applyDecorators(rule({ kind: 'portal', duringPasswordChange }), ApiBearerAuth());

/** Everybody, also without sign-in. The reason is listed by the whole-server test. */
export const Public = (reason: string) => rule({ kind: 'public', reason });
