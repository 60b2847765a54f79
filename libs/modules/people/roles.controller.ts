import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsList, ReturnsNothing, ReturnsPage } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Allow, declaredPermissions } from '@opora/platform/permissions';
import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeoplePermission } from './people.access';
import { CreateRole, ListRoles, PermissionGroupView, RoleView, toRoleView, UpdateRole } from './roles.dto';
import { Roles } from './roles.service';

@ApiTags('people')
@Controller()
export class RolesController {
  constructor(private readonly roles: Roles) {}

  /** Roles: the presets first. */
  @Get('roles')
  @Allow(PeoplePermission.read)
  @ReturnsPage(RoleView)
  async list(@Context() ctx: Ctx, @Query() query: ListRoles) {
    return mapPage(await this.roles.list(ctx, query), toRoleView);
  }

  /** Makes a role. Nobody can put into it what he does not hold himself. */
  @Post('roles')
  @Allow(PeoplePermission.manage_roles)
  @Returns(RoleView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateRole) {
    return toRoleView(await this.roles.create(ctx, input));
  }

  /** One role. */
  @Get('roles/:id')
  @Allow(PeoplePermission.read)
  @Returns(RoleView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toRoleView(await this.roles.get(ctx, id));
  }

  /** Changes a role; presets stay as they are. */
  @Patch('roles/:id')
  @Allow(PeoplePermission.manage_roles)
  @Returns(RoleView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateRole) {
    return toRoleView(await this.roles.update(ctx, id, input));
  }

  /** Removes a role that nobody holds. */
  @Delete('roles/:id')
  @Allow(PeoplePermission.manage_roles)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.roles.delete(ctx, id);
  }

  /** Every permission of the product, grouped by its part. */
  @Get('permissions')
  @Allow(PeoplePermission.read)
  @ReturnsList(PermissionGroupView)
  listPermissions(@Context() ctx: Ctx) {
    const groups = new Map<string, PermissionGroupView>();
    for (const [code, module] of declaredPermissions()) {
      const group = groups.get(module) ?? { module, label: t(ctx, `permissions.${module}._`), permissions: [] };
      group.permissions.push({ code, label: t(ctx, `permissions.${code}`) });
      groups.set(module, group);
    }
    return { data: [...groups.values()] };
  }
}
