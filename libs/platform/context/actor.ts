/** A permission with the rows it reaches. A role yields one grant per permission it holds. */
export type Grant = { permission: string; scope: Scope };

/** Which rows a role reaches: everything, the person's teams, the person's own, or companies of chosen categories. */
export type Scope =
  { kind: 'all' } | { kind: 'teams' } | { kind: 'own' } | { kind: 'categories'; categoryIds: readonly string[] };

/** What a contact may do in one company. */
export type Membership = {
  companyId: string;
  /** Sees every ticket of the company, not only those he filed or observes. */
  seesCompany: boolean;
  /** Closes any ticket he sees, not only his own. */
  closesCompany: boolean;
  /** Manages the company's people and their rights. */
  isAdmin: boolean;
  /** Limits `seesCompany` to these service objects and what lies below them; empty means no limit. */
  objectIds: readonly string[];
};

type ActorFacts = { id: string; name: string; locale: 'ru' | 'en'; apiKeyId?: string; sessionId?: string };

export type EmployeeActor = ActorFacts & {
  kind: 'employee';
  grants: readonly Grant[];
  teamIds: readonly string[];
  /** False when the person's lines forbid writing to clients. */
  mayWriteToClients: boolean;
  /** False when the person's lines hide clients' phones and addresses. */
  seesClientContacts: boolean;
  /** True until an issued password is replaced: only the routes of the own account answer. */
  mustChangePassword: boolean;
};
export type ContactActor = ActorFacts & {
  kind: 'contact';
  memberships: readonly Membership[];
  mustChangePassword: boolean;
  /** Limits an API key's reach; undefined means the contact's whole reach. */
  permissions?: readonly string[];
};
export type SystemActor = ActorFacts & { kind: 'system' };
export type AnonymousActor = ActorFacts & { kind: 'anonymous' };

export type Actor = EmployeeActor | ContactActor | SystemActor | AnonymousActor;

export const SYSTEM: SystemActor = { kind: 'system', id: 'system', name: 'Opora', locale: 'ru' };
export const ANONYMOUS: AnonymousActor = { kind: 'anonymous', id: 'anonymous', name: '', locale: 'ru' };

/** True when the actor holds the permission on at least some rows. */
export function holds(actor: Actor, permission: string): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'employee' && actor.grants.some((grant) => grant.permission === permission);
}

/** The scopes in which the actor holds the permission; the system holds everything everywhere. */
export function scopesOf(actor: Actor, permission: string): readonly Scope[] {
  if (actor.kind === 'system') return [{ kind: 'all' }];
  if (actor.kind !== 'employee') return [];
  return actor.grants.filter((grant) => grant.permission === permission).map((grant) => grant.scope);
}
