import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsList, ReturnsPage } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateEmployee,
  EmployeeView,
  IssuedPasswordView,
  ListEmployees,
  OrgPersonView,
  toEmployeeView,
  UpdateEmployee,
} from './employees.dto';
import { Employees } from './employees.service';
import { OrgStructure } from './org-structure.service';
import { PeoplePermission } from './people.access';

@ApiTags('people')
@Controller('employees')
export class EmployeesController {
  constructor(
    private readonly employees: Employees,
    private readonly org: OrgStructure,
  ) {}

  /** Employees by name. */
  @Get()
  @Allow(PeoplePermission.read)
  @ReturnsPage(EmployeeView)
  async list(@Context() ctx: Ctx, @Query() query: ListEmployees) {
    return mapPage(await this.employees.list(ctx, query), (row) => toEmployeeView(ctx, row));
  }

  /** Makes an employee; the issued password is shown once. */
  @Post()
  @Allow(PeoplePermission.manage)
  @Returns(IssuedPasswordView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateEmployee) {
    const { employee, issuedPassword } = await this.employees.create(ctx, input);
    return { employee: toEmployeeView(ctx, employee), issuedPassword };
  }

  /** Everybody who works here with his manager: the tree of who reports to whom. */
  @Get('org')
  @SignedIn()
  @ReturnsList(OrgPersonView)
  async structure(@Context() ctx: Ctx) {
    return { data: await this.org.people(ctx) };
  }

  /** One employee. */
  @Get(':id')
  @Allow(PeoplePermission.read)
  @Returns(EmployeeView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toEmployeeView(ctx, await this.employees.getRow(ctx, id));
  }

  /** Changes an employee; `roleIds` and `teamIds` replace what was there. */
  @Patch(':id')
  @Allow(PeoplePermission.manage)
  @Returns(EmployeeView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateEmployee) {
    return toEmployeeView(ctx, await this.employees.update(ctx, id, input));
  }

  /** Ends every session and takes the employee out of use; old tickets still name him. */
  @Post(':id/archive')
  @Allow(PeoplePermission.manage)
  @Returns(EmployeeView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toEmployeeView(ctx, await this.employees.archive(ctx, id));
  }

  /** Brings an archived employee back. */
  @Post(':id/restore')
  @Allow(PeoplePermission.manage)
  @Returns(EmployeeView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toEmployeeView(ctx, await this.employees.restore(ctx, id));
  }

  /** Issues a new password, ends every session and lifts the brake on guesses. */
  @Post(':id/reset-password')
  @Allow(PeoplePermission.manage)
  @Returns(IssuedPasswordView)
  async resetPassword(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    const { employee, issuedPassword } = await this.employees.resetPassword(ctx, id);
    return { employee: toEmployeeView(ctx, employee), issuedPassword };
  }

  /** Switches the second factor off for somebody who has lost his phone, and ends every session. */
  @Post(':id/reset-totp')
  @Allow(PeoplePermission.manage)
  @Returns(EmployeeView)
  async resetTotp(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toEmployeeView(ctx, await this.employees.resetTotp(ctx, id));
  }
}
