import { ActorSources } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { declaredPermissions } from '@opora/platform/permissions';
import { Injectable } from '@nestjs/common';
import { grantsOfRoles, holdsAll, permissionsOfRole } from './people.access';
import { PeopleError } from './people.errors';
import { Role } from './role.entity';
import type { CreateRole, ListRoles, UpdateRole } from './roles.dto';

export type RoleRow = Role & { employeeCount: number };

const ROLE_SELECT = `
  SELECT r.*, (SELECT count(*)::int FROM employee e WHERE e."roleIds" @> ARRAY[r.id] AND e."archivedAt" IS NULL) AS "employeeCount" FROM role r`;

/** Roles: sets of permissions with the rows they reach. */
@Injectable()
export class Roles {
  constructor(
    private readonly db: Db,
    private readonly actors: ActorSources,
  ) {}

  async list(ctx: Ctx, { cursor, limit }: ListRoles): Promise<Page<RoleRow>> {
    const after = decodeCursor(cursor, ['uuid']);
    const rows = await this.db.query<RoleRow>(
      ctx,
      `${ROLE_SELECT} WHERE $1::uuid IS NULL OR r.id > $1 ORDER BY r.id LIMIT $2`,
      [after?.[0] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, (row) => keyset(row.id));
  }

  async get(ctx: Ctx, id: string): Promise<RoleRow> {
    const [row] = await this.db.query<RoleRow>(ctx, `${ROLE_SELECT} WHERE r.id = $1`, [id]);
    return row ?? raise(PeopleError.roleNotFound());
  }

  /** Ids of the active employees who hold a permission on some rows. */
  async employeeIdsHolding(ctx: Ctx, permission: string): Promise<string[]> {
    const roles = await this.db.repo(ctx, Role).find();
    const roleIds = roles.filter((role) => permissionsOfRole(role).includes(permission)).map(({ id }) => id);
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM employee WHERE "roleIds" && $1::uuid[] AND "isActive" AND "archivedAt" IS NULL ORDER BY id`,
      [roleIds],
    );
    return rows.map(({ id }) => id);
  }

  async create(ctx: Ctx, input: CreateRole): Promise<RoleRow> {
    return this.db.tx(ctx, async (ctx) => {
      const role = this.db.repo(ctx, Role).create({
        id: newId(),
        code: null,
        name: { ru: input.name.ru, en: input.name.en },
        permissions: input.permissions,
        scope: input.scope,
        categoryIds: input.categoryIds ?? [],
        isPreset: false,
        createdAt: ctx.now(),
      });
      this.check(ctx, role);
      await this.db.repo(ctx, Role).insert(role);
      return this.get(ctx, role.id);
    });
  }

  async update(ctx: Ctx, id: string, input: UpdateRole): Promise<RoleRow> {
    return this.db.tx(ctx, async (ctx) => {
      const role = await this.getOwnForUpdate(ctx, id);
      if (input.name) role.name = { ru: input.name.ru, en: input.name.en };
      role.permissions = input.permissions ?? role.permissions;
      role.scope = input.scope ?? role.scope;
      role.categoryIds = input.categoryIds ?? role.categoryIds;
      this.check(ctx, role);
      await this.db.repo(ctx, Role).save(role);
      ctx.tx.afterCommit.push(() => this.actors.forgetAll());
      return this.get(ctx, id);
    });
  }

  /** Only a role that nobody holds, the archived included: one who is brought back keeps his roles. */
  async delete(ctx: Ctx, id: string): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      await this.getOwnForUpdate(ctx, id);
      const [held] = await this.db.query<{ count: number }>(
        ctx,
        `SELECT count(*)::int AS count FROM employee WHERE "roleIds" @> ARRAY[$1::uuid]`,
        [id],
      );
      if (held?.count) throw PeopleError.roleInUse({ count: held.count }, { count: held.count });
      await this.db.repo(ctx, Role).delete({ id });
    });
  }

  /** A role of one's own making that does not exceed the actor's rights. */
  private async getOwnForUpdate(ctx: Ctx, id: string): Promise<Role> {
    const role =
      (await this.db.repo(ctx, Role).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })) ??
      raise(PeopleError.roleNotFound());
    if (role.isPreset) throw PeopleError.presetRole();
    if (!holdsAll(ctx.actor, grantsOfRoles([role]))) throw PeopleError.cannotGrant();
    return role;
  }

  private check(ctx: Ctx, role: Role): void {
    const known = declaredPermissions();
    const unknown = role.permissions.findIndex((permission) => !known.has(permission));
    if (unknown >= 0) throw fieldProblem(`/permissions/${unknown}`, 'people.permissionUnknown');
    if (role.scope === 'categories' && !role.categoryIds.length)
      throw fieldProblem('/categoryIds', 'people.categoriesNeeded');
    if (role.scope !== 'categories') role.categoryIds = [];
    if (!holdsAll(ctx.actor, grantsOfRoles([role]))) throw PeopleError.cannotGrant();
  }
}
