import type { Actor } from '@opora/platform/context';
import { newId } from '@opora/platform/db';
import type { TestApi, TestPerson } from '@opora/platform/testing';
import { Credential, type Subject } from './credential.entity';
import { Employee } from './employee.entity';
import { Employees } from './employees.service';
import { hashPassword } from './passwords';
import { PRESET_ROLE_IDS, type PresetRoleCode } from './preset-roles';
import { Sessions } from './sessions.service';
import type { CreateTeam } from './teams.dto';
import { Teams } from './teams.service';

/** The password of everybody the factories make. */
export const TEST_PASSWORD = 'correct horse battery';

// Hashed once for all people of a spec: argon2 is slow on purpose.
let testHash: Promise<string> | undefined;

export type TestEmployee = TestPerson & { kind: 'employee'; name: string; email: string; teamIds: string[] };

export type EmployeeFacts = {
  name?: string;
  email?: string;
  /** A preset role, or several; an engineer without it, nobody special with `[]`. */
  role?: PresetRoleCode | PresetRoleCode[];
  /** Own roles besides the presets. */
  roleIds?: string[];
  teamIds?: string[];
  locale?: 'ru' | 'en';
};

/** An employee who is signed in: `api.as(await anEmployee(api, { role: 'dispatcher' })).get('/me')`. */
export async function anEmployee(api: TestApi, facts: EmployeeFacts = {}): Promise<TestEmployee> {
  const id = newId();
  const codes = [facts.role ?? (facts.roleIds ? [] : 'engineer')].flat();
  const name = facts.name ?? `Сотрудник ${id.slice(-6)}`;
  const email = (facts.email ?? `e-${id}@opora.test`).toLowerCase();
  await api.db.repo(api.system, Employee).insert({
    id,
    name,
    email,
    phone: null,
    phoneExtension: null,
    locale: facts.locale ?? 'ru',
    timeZone: null,
    isActive: true,
    roleIds: [...codes.map((code) => PRESET_ROLE_IDS[code]), ...(facts.roleIds ?? [])],
    createdAt: api.system.now(),
    archivedAt: null,
  });
  for (const teamId of facts.teamIds ?? []) {
    await api.db.query(api.system, 'INSERT INTO team_member ("teamId", "employeeId") VALUES ($1, $2)', [teamId, id]);
  }
  const subject = { kind: 'employee' as const, id };
  await aCredential(api, subject, email);
  return { ...subject, sessionId: await aSession(api, subject), name, email, teamIds: facts.teamIds ?? [] };
}

/** A login with TEST_PASSWORD for an employee or a contact. */
export async function aCredential(api: TestApi, { kind, id }: Subject, login: string): Promise<void> {
  await api.db.repo(api.system, Credential).insert({
    id: newId(),
    subjectKind: kind,
    subjectId: id,
    login: login.toLowerCase(),
    passwordHash: await (testHash ??= hashPassword(TEST_PASSWORD)),
    mustChange: false,
    passwordChangedAt: api.system.now(),
    totpSecret: null,
    totpConfirmedAt: null,
    totpLastStep: null,
    recoveryCodes: [],
    createdAt: api.system.now(),
  });
}

/** A signed-in device of an employee or a contact; its id is the `sessionId` of `api.as()`. */
export async function aSession(api: TestApi, subject: Subject): Promise<string> {
  const { session } = await api
    .get(Sessions)
    .open(api.system, subject, { ip: '127.0.0.1', userAgent: 'test' }, 'password');
  return session.id;
}

/** A team of the second line, unless told otherwise. */
export async function aTeam(
  api: TestApi,
  facts: Partial<CreateTeam> = {},
): Promise<{ id: string; name: string; line: number }> {
  const { id, name, line } = await api
    .get(Teams)
    .create(api.system, { name: `Группа ${newId().slice(-6)}`, line: 2, ...facts });
  return { id, name, line };
}

/** The actor an employee is at this moment, straight from the database. */
export async function actorOf(api: TestApi, employeeId: string): Promise<Actor> {
  const actor = await api.get(Employees).loadActor(api.system, employeeId);
  if (!actor) throw new Error(`employee ${employeeId} cannot act`);
  return actor;
}
