import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeoplePermission } from './people.access';
import { CreateTeam, ListTeams, TeamView, toTeamView, UpdateTeam } from './teams.dto';
import { Teams } from './teams.service';

@ApiTags('people')
@Controller('teams')
export class TeamsController {
  constructor(private readonly teams: Teams) {}

  /** Teams by support line. */
  @Get()
  @Allow(PeoplePermission.read)
  @ReturnsPage(TeamView)
  async list(@Context() ctx: Ctx, @Query() query: ListTeams) {
    return mapPage(await this.teams.list(ctx, query), toTeamView);
  }

  /** Makes a team. */
  @Post()
  @Allow(PeoplePermission.manage)
  @Returns(TeamView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateTeam) {
    return toTeamView(await this.teams.create(ctx, input));
  }

  /** One team with its people. */
  @Get(':id')
  @Allow(PeoplePermission.read)
  @Returns(TeamView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toTeamView(await this.teams.getRow(ctx, id));
  }

  /** Changes a team; `memberIds` replaces its people. */
  @Patch(':id')
  @Allow(PeoplePermission.manage)
  @Returns(TeamView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateTeam) {
    return toTeamView(await this.teams.update(ctx, id, input));
  }

  /** Takes a team out of use; its tickets still name it. */
  @Post(':id/archive')
  @Allow(PeoplePermission.manage)
  @Returns(TeamView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toTeamView(await this.teams.archive(ctx, id));
  }

  /** Brings an archived team back. */
  @Post(':id/restore')
  @Allow(PeoplePermission.manage)
  @Returns(TeamView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toTeamView(await this.teams.restore(ctx, id));
  }
}
