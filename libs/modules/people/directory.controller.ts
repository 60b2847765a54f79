import { Context, type Ctx } from '@opora/platform/context';
import { ReturnsList } from '@opora/platform/http';
import { SignedIn } from '@opora/platform/permissions';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DirectoryPerson, DirectoryTeam, FindPeople, toDirectoryPerson, toDirectoryTeam } from './directory.dto';
import { Employees } from './employees.service';
import { Teams } from './teams.service';

/** Names for pickers: every employee may see his colleagues. */
@ApiTags('people')
@Controller('directory')
export class DirectoryController {
  constructor(
    private readonly employees: Employees,
    private readonly teams: Teams,
  ) {}

  /** Active colleagues by name. */
  @Get('people')
  @SignedIn()
  @ReturnsList(DirectoryPerson)
  async people(@Context() ctx: Ctx, @Query() query: FindPeople) {
    return { data: (await this.employees.directory(ctx, query)).map(toDirectoryPerson) };
  }

  /** Teams by support line. */
  @Get('teams')
  @SignedIn()
  @ReturnsList(DirectoryTeam)
  async listTeams(@Context() ctx: Ctx, @Query() query: FindPeople) {
    return { data: (await this.teams.directory(ctx, query)).map(toDirectoryTeam) };
  }
}
