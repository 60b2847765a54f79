import {
  type Actor,
  Clock,
  type ContactActor,
  type EmployeeActor,
  type Scope,
  scopesOf,
} from '@opora/platform/context';
import { visibleContacts } from '@opora/modules/clients';
import type { SqlParams } from '@opora/platform/db';
import { definePermissions } from '@opora/platform/permissions';

/** What an employee may do with tickets; how far each reaches is the role's scope. */
export const TicketPermission = definePermissions('tickets', [
  'read',
  'create',
  'update',
  'assign',
  'take',
  'transition',
  'comment_internal',
  'reply_client',
  'delete',
  'restore',
  'manage_views',
  'configure',
  'grant',
]);

/**
 * The tickets this actor may see, as one SQL condition over the alias: every read begins here. Deleted tickets are not left out:
 * who reads adds `"deletedAt" IS NULL` or asks for them by name.
 */
export function visibleTo(actor: Actor, params: SqlParams, alias = 't'): string {
  if (actor.kind === 'system') return 'true';
  if (actor.kind === 'contact') return visibleToContact(actor, params, alias);
  if (actor.kind !== 'employee') return 'false';
  const reached = covered(actor, TicketPermission.read, params, alias);
  return reached === 'true' || reached === 'false' ? reached : `(${reached} OR ${granted(actor, params, alias)})`;
}

/** The tickets on which the actor holds a permission: for the list of what a button may do, and before each change. */
export function covered(actor: Actor, permission: string, params: SqlParams, alias = 't'): string {
  if (actor.kind === 'system') return 'true';
  if (actor.kind !== 'employee') return 'false';
  const scopes = scopesOf(actor, permission);
  if (!scopes.length) return 'false';
  if (scopes.some(({ kind }) => kind === 'all')) return 'true';
  // Watching gives sight and never a right to change.
  const isReading = permission === TicketPermission.read;
  return `(${scopes.map((scope) => inScope(actor, scope, isReading, params, alias)).join(' OR ')})`;
}

function inScope(actor: EmployeeActor, scope: Scope, isReading: boolean, params: SqlParams, t: string): string {
  if (scope.kind === 'all') return 'true';
  if (scope.kind === 'categories') {
    const ids = params.add(scope.categoryIds);
    return `${t}."companyId" IN (SELECT "companyId" FROM company_category_link WHERE "categoryId" = ANY(${ids}::uuid[]))`;
  }
  const me = params.add(actor.id);
  const own = [
    `${t}."assigneeId" = ${me}::uuid`,
    `(${t}."authorId" = ${me}::uuid AND ${t}."authorKind" = 'employee')`,
    `${t}.id IN (SELECT "ticketId" FROM ticket_co_executor WHERE "employeeId" = ${me}::uuid)`,
  ];
  if (isReading)
    own.push(
      `${t}.id IN (SELECT "ticketId" FROM ticket_observer WHERE "subjectId" = ANY(${params.add([actor.id, ...actor.teamIds])}::uuid[]))`,
    );
  if (scope.kind === 'teams') own.push(`${t}."teamId" = ANY(${params.add(actor.teamIds)}::uuid[])`);
  return `(${own.join(' OR ')})`;
}

/** Sight given by name and not yet over. */
function granted(actor: EmployeeActor | ContactActor, params: SqlParams, t: string): string {
  const subjects = params.add(actor.kind === 'employee' ? [actor.id, ...actor.teamIds] : [actor.id]);
  const now = params.add(Clock.now());
  return `${t}.id IN (SELECT "ticketId" FROM ticket_grant WHERE "subjectId" = ANY(${subjects}::uuid[]) AND "expiresAt" > ${now}::timestamptz)`;
}

/**
 * A contact sees what he filed, is the requester of or observes, inside his companies or outside any; the whole company where he
 * has that right, perhaps limited to objects; and what was granted by name. Never inner work.
 */
function visibleToContact(actor: ContactActor, params: SqlParams, t: string): string {
  return `((${reachOfContact(actor, params, t)} OR ${granted(actor, params, t)}) AND ${notInner(t)})`;
}

const notInner = (t: string): string => `${t}."typeId" NOT IN (SELECT id FROM ticket_type WHERE "isInner")`;

/** The tickets a contact takes part in: to these he may write. What was only granted by name he may read. */
export function reachOfContact(actor: ContactActor, params: SqlParams, t = 't'): string {
  const companies = params.add(actor.memberships.map(({ companyId }) => companyId));
  const own = `((${t}."companyId" IS NULL OR ${t}."companyId" = ANY(${companies}::uuid[])) AND (${ownOf(actor, params, t)}
    OR ${t}.id IN (SELECT "ticketId" FROM ticket_observer WHERE "subjectId" = ${params.add(actor.id)}::uuid AND kind = 'contact')))`;
  return [own, ofCompany(actor, params, t)].filter(Boolean).join(' OR ');
}

/** Tickets the contact filed or is the requester of. */
export function ownOf(actor: ContactActor, params: SqlParams, t = 't'): string {
  const me = params.add(actor.id);
  return `(${t}."contactId" = ${me}::uuid OR (${t}."authorId" = ${me}::uuid AND ${t}."authorKind" = 'contact'))`;
}

/** Tickets the contact may close: his own, and those of companies where he has that right. */
export function closableBy(actor: ContactActor, params: SqlParams, t = 't'): string {
  const companies = actor.memberships.filter(({ closesCompany }) => closesCompany).map(({ companyId }) => companyId);
  return `(${ownOf(actor, params, t)} OR ${t}."companyId" = ANY(${params.add(companies)}::uuid[]))`;
}

/** Contacts somebody may name in a ticket: a client himself, and the people of companies whose tickets he sees. */
export function nameableContacts(actor: Actor, params: SqlParams, contactId: string): string {
  const visible = visibleContacts(actor, params, contactId);
  if (actor.kind !== 'contact') return visible;
  const seen = actor.memberships.filter(({ seesCompany, isAdmin }) => seesCompany || isAdmin);
  const ids = params.add(seen.map(({ companyId }) => companyId));
  return `(${visible} OR ${contactId} IN (SELECT "contactId" FROM membership WHERE "companyId" = ANY(${ids}::uuid[])))`;
}

/** Tickets the contact sees because he sees the company's. */
function ofCompany(actor: ContactActor, params: SqlParams, t: string): string {
  const seeing = actor.memberships.filter(({ seesCompany }) => seesCompany);
  const whole = seeing.filter(({ objectIds }) => !objectIds.length).map(({ companyId }) => companyId);
  const conditions = whole.length ? [`${t}."companyId" = ANY(${params.add(whole)}::uuid[])`] : [];
  for (const { companyId, objectIds } of seeing.filter(({ objectIds }) => objectIds.length)) {
    const ids = params.add(objectIds);
    conditions.push(
      `(${t}."companyId" = ${params.add(companyId)}::uuid AND ${t}."objectId" IN (SELECT id FROM service_object WHERE path && ${ids}::uuid[]))`,
    );
  }
  return conditions.length ? `(${conditions.join(' OR ')})` : '';
}

/** lines that never write to clients. */
export const mayWriteToClients = (actor: Actor): boolean => actor.kind !== 'employee' || actor.mayWriteToClients;
