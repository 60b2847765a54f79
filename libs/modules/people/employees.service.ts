import { type Ctx, type EmployeeActor, type Grant, systemContext } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { ActorSources } from '@opora/platform/auth';
import { Events } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { In, QueryFailedError } from 'typeorm';
import { ACTOR_SELECT, actorOfRow, type ActorRow } from './actor-lookup';
import { Credentials } from './credentials.service';
import type { DirectoryPerson, FindPeople } from './directory.dto';
import { Employee } from './employee.entity';
import type { CreateEmployee, ListEmployees, UpdateEmployee } from './employees.dto';
import {
  DIRECTORY_SELECT,
  EMPLOYEE_SELECT,
  type EmployeeRow,
  likeOf,
  listEmployeesSql,
  visibleEmployees,
} from './employees.query';
import { KnownDevices } from './known-devices.service';
import { canManage, grantsOfRoles, holdsAll, PeoplePermission } from './people.access';
import { OrgStructure } from './org-structure.service';
import { PeopleError } from './people.errors';
import { EmployeeLeft } from './people.events';
import { PRESET_ROLE_IDS } from './preset-roles';
import { Role } from './role.entity';
import { Sessions } from './sessions.service';
import { Team, TeamMember } from './team.entity';

/** The people of the service company. */
@Injectable()
export class Employees {
  constructor(
    private readonly db: Db,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly devices: KnownDevices,
    private readonly actors: ActorSources,
    private readonly events: Events,
    private readonly org: OrgStructure,
  ) {}

  /** Also finds the archived: old tickets still name them. */
  find(ctx: Ctx, id: string): Promise<Employee | null> {
    return this.db.repo(ctx, Employee).findOneBy({ id });
  }

  async get(ctx: Ctx, id: string): Promise<Employee> {
    return (await this.find(ctx, id)) ?? raise(PeopleError.employeeNotFound());
  }

  listByIds(ctx: Ctx, ids: readonly string[]): Promise<Employee[]> {
    return this.db.repo(ctx, Employee).findBy({ id: In([...new Set(ids)]) });
  }

  findByEmail(ctx: Ctx, email: string): Promise<Employee | null> {
    return this.db.repo(ctx, Employee).findOneBy({ email: email.trim().toLowerCase() });
  }

  /** Names by id, the archived included. */
  async namesOf(ctx: Ctx, ids: readonly (string | null | undefined)[]): Promise<Map<string, string>> {
    const wanted = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
    if (!wanted.length) return new Map();
    const rows = await this.db.query<{ id: string; name: string }>(
      ctx,
      'SELECT id, name FROM employee WHERE id = ANY ($1::uuid[])',
      [wanted],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** The actor an employee is when he acts; null when he may not. */
  async loadActor(ctx: Ctx, id: string): Promise<EmployeeActor | null> {
    const [row] = await this.db.query<ActorRow>(ctx, ACTOR_SELECT, [id]);
    return row ? actorOfRow(row) : null;
  }

  async list(ctx: Ctx, query: ListEmployees): Promise<Page<EmployeeRow>> {
    const { sql, parameters } = listEmployeesSql(
      ctx.actor,
      PeoplePermission.read,
      query,
      decodeCursor(query.cursor, ['text', 'uuid']),
    );
    const rows = await this.db.query<EmployeeRow>(ctx, sql, parameters);
    return pageOfRows(rows, query.limit, (row) => keyset(row.sortName, row.id));
  }

  /** Active people for pickers. */
  directory(ctx: Ctx, { q, teamId, limit }: FindPeople): Promise<DirectoryPerson[]> {
    return this.db.query<DirectoryPerson>(ctx, DIRECTORY_SELECT, [likeOf(q), teamId ?? null, limit]);
  }

  /** One employee as the actor may see him through a permission. */
  async getRow(ctx: Ctx, id: string, permission: string = PeoplePermission.read): Promise<EmployeeRow> {
    const { sql, parameters } = visibleEmployees(ctx.actor, permission);
    const [row] = await this.db.query<EmployeeRow>(ctx, `${EMPLOYEE_SELECT} WHERE ${sql} AND e.id = $4`, [
      ...parameters,
      id,
    ]);
    return row ?? raise(PeopleError.employeeNotFound());
  }

  /** Makes an employee with an issued password; `password` is for seeds and the CLI. */
  async create(
    ctx: Ctx,
    input: CreateEmployee & { password?: string },
  ): Promise<{ employee: EmployeeRow; issuedPassword: string }> {
    return this.db.tx(ctx, async (ctx) => {
      const roleIds = input.roleIds ?? [];
      await this.checkGrant(ctx, roleIds);
      const employee = this.db.repo(ctx, Employee).create({
        id: newId(),
        name: input.name,
        email: input.email.trim().toLowerCase(),
        phone: input.phone ?? null,
        phoneExtension: input.phoneExtension ?? null,
        locale: input.locale ?? 'ru',
        timeZone: input.timeZone ?? null,
        isActive: true,
        roleIds,
        position: input.position ?? '',
        managerId: input.managerId ?? null,
        createdAt: ctx.now(),
        archivedAt: null,
      });
      await this.org.checkManager(ctx, employee.id, input.managerId);
      await unlessTaken(this.db.repo(ctx, Employee).insert(employee));
      await this.setTeams(ctx, employee.id, input.teamIds ?? []);
      const subject = { kind: 'employee' as const, id: employee.id };
      const issuedPassword = input.password ?? (await this.credentials.issuePassword(ctx, subject, employee.email));
      if (input.password) await this.credentials.setPassword(ctx, subject, employee.email, input.password);
      return { employee: await this.rowOf(ctx, employee.id), issuedPassword };
    });
  }

  async update(ctx: Ctx, id: string, input: UpdateEmployee): Promise<EmployeeRow> {
    return this.changing(ctx, id, async (ctx, employee) => {
      if (input.roleIds)
        await this.checkGrant(
          ctx,
          input.roleIds.filter((role) => !employee.roleIds.includes(role)),
        );
      await this.org.checkManager(ctx, id, input.managerId);
      const { teamIds, ...fields } = input;
      const changed = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      if (Object.keys(changed).length) await unlessTaken(this.db.repo(ctx, Employee).update({ id }, changed));
      if (teamIds) await this.setTeams(ctx, id, teamIds);
      const subject = { kind: 'employee' as const, id };
      if (input.email && input.email !== employee.email) await this.credentials.renameLogin(ctx, subject, input.email);
      if (input.isActive === false) await this.leave(ctx, employee);
    });
  }

  /** What everybody may change about himself. */
  async updateOwn(ctx: Ctx, input: Pick<UpdateEmployee, 'locale' | 'timeZone' | 'phone'>): Promise<void> {
    const { id } = ctx.actor;
    const changed = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    if (Object.keys(changed).length) await this.db.repo(ctx, Employee).update({ id }, changed);
    this.actors.forget('employee', id);
  }

  async archive(ctx: Ctx, id: string): Promise<EmployeeRow> {
    return this.changing(ctx, id, async (ctx, employee) => {
      await this.db.repo(ctx, Employee).update({ id }, { archivedAt: employee.archivedAt ?? ctx.now() });
      await this.leave(ctx, employee);
    });
  }

  /** Ends every session and tells those who hold work of this person. */
  private async leave(ctx: Ctx, { id, isActive, archivedAt }: Employee): Promise<void> {
    await this.sessions.revokeAll(ctx, { kind: 'employee', id });
    if (isActive && !archivedAt) await this.events.publish(ctx, EmployeeLeft({ employeeId: id }));
  }

  async restore(ctx: Ctx, id: string): Promise<EmployeeRow> {
    return this.changing(ctx, id, async (ctx) => {
      await this.db.repo(ctx, Employee).update({ id }, { archivedAt: null });
    });
  }

  /** Issues a new password, ends every session, lifts the brake on guesses. */
  async resetPassword(ctx: Ctx, id: string): Promise<{ employee: EmployeeRow; issuedPassword: string }> {
    let issuedPassword = '';
    const employee = await this.changing(ctx, id, async (ctx, employee) => {
      const subject = { kind: 'employee' as const, id };
      issuedPassword = await this.credentials.issuePassword(ctx, subject, employee.email);
      await this.sessions.revokeAll(ctx, subject);
      await this.devices.forgetAll(ctx, subject);
    });
    return { employee, issuedPassword };
  }

  /** Switches the second factor off for somebody who has lost the phone and the recovery codes. */
  async resetTotp(ctx: Ctx, id: string): Promise<EmployeeRow> {
    return this.changing(ctx, id, async (ctx) => {
      await this.credentials.resetTotp(ctx, { kind: 'employee', id });
      await this.sessions.revokeAll(ctx, { kind: 'employee', id });
    });
  }

  /** Locks the row, checks that the actor may manage this person, keeps one administrator alive. */
  private async changing(
    ctx: Ctx,
    id: string,
    change: (ctx: Ctx, employee: Employee) => Promise<void>,
  ): Promise<EmployeeRow> {
    const row = await this.db.tx(ctx, async (ctx) => {
      await this.getRow(ctx, id, PeoplePermission.manage);
      // Everybody who changes employees waits here, so that two administrators cannot remove each other at once.
      await this.db.query(ctx, 'SELECT 1 FROM role WHERE id = $1 FOR UPDATE', [PRESET_ROLE_IDS.admin]);
      const employee = await this.db
        .repo(ctx, Employee)
        .findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!canManage(ctx.actor, await this.grantsOf(ctx, employee.roleIds))) throw PeopleError.cannotManage();
      await change(ctx, employee);
      await this.keepAnAdmin(ctx, employee);
      ctx.tx.afterCommit.push(() => this.actors.forget('employee', id));
      return this.rowOf(ctx, id);
    });
    return row;
  }

  private async keepAnAdmin(ctx: Ctx, before: Employee): Promise<void> {
    if (!before.roleIds.includes(PRESET_ROLE_IDS.admin) || !before.isActive || before.archivedAt) return;
    const admins = await this.db.query(
      ctx,
      `SELECT 1 FROM employee WHERE "roleIds" @> ARRAY[$1::uuid] AND "isActive" AND "archivedAt" IS NULL LIMIT 1`,
      [PRESET_ROLE_IDS.admin],
    );
    if (!admins.length) throw PeopleError.lastAdmin();
  }

  private rowOf(ctx: Ctx, id: string): Promise<EmployeeRow> {
    return this.getRow({ ...systemContext(), tx: ctx.tx }, id);
  }

  private async grantsOf(ctx: Ctx, roleIds: readonly string[]): Promise<Grant[]> {
    return grantsOfRoles(roleIds.length ? await this.db.repo(ctx, Role).findBy({ id: In([...roleIds]) }) : []);
  }

  /** The roles must exist (they are locked against deletion meanwhile) and must not exceed the actor's own rights. */
  private async checkGrant(ctx: Ctx, roleIds: readonly string[]): Promise<void> {
    if (!roleIds.length) return;
    const roles = await this.db
      .repo(ctx, Role)
      .find({ where: { id: In([...roleIds]) }, lock: { mode: 'pessimistic_read' } });
    const missing = roleIds.findIndex((id) => !roles.some((role) => role.id === id));
    if (missing >= 0) throw fieldProblem('/roleIds', 'people.roleUnknown');
    if (!holdsAll(ctx.actor, grantsOfRoles(roles))) throw PeopleError.cannotGrant();
  }

  private async setTeams(ctx: Ctx, employeeId: string, teamIds: readonly string[]): Promise<void> {
    const teams = teamIds.length
      ? await this.db.repo(ctx, Team).find({ where: { id: In([...teamIds]) }, lock: { mode: 'pessimistic_read' } })
      : [];
    if (teams.length < teamIds.length) throw fieldProblem('/teamIds', 'people.teamUnknown');
    await this.db.repo(ctx, TeamMember).delete({ employeeId });
    if (teamIds.length) await this.db.repo(ctx, TeamMember).insert(teamIds.map((teamId) => ({ teamId, employeeId })));
  }
}

/** The unique index has the last word about addresses. */
async function unlessTaken<Result>(writing: Promise<Result>): Promise<Result> {
  return writing.catch((error: unknown) => {
    const { code, constraint } = (error instanceof QueryFailedError ? error.driverError : {}) as {
      code?: string;
      constraint?: string;
    };
    throw code === '23505' && (constraint === 'employee_email_key' || constraint === 'credential_login_key')
      ? PeopleError.emailTaken()
      : (error as Error);
  });
}
