import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsNothing, ReturnsPage } from '@opora/platform/http';
import { PortalOnly } from '@opora/platform/permissions';
import { ListPortalObjects, PortalMeView, PortalObjectView, UpdatePortalMe } from './portal-me.dto';
import { PortalMe, toPortalObjectView } from './portal-me.service';
import { InvitePortalPerson, ListPortalPeople, PortalPersonView, UpdatePortalPerson } from './portal-people.dto';
import { PortalPeople, toPortalPersonView } from './portal-people.service';

@ApiTags('portal')
@Controller('portal')
export class PortalClientsController {
  constructor(
    private readonly me: PortalMe,
    private readonly people: PortalPeople,
  ) {}

  /** Who is signed in and what he may do in which company. */
  @Get('me')
  @PortalOnly({ duringPasswordChange: true })
  @Returns(PortalMeView)
  getMe(@Context() ctx: Ctx) {
    return this.me.get(ctx);
  }

  @Patch('me')
  @PortalOnly()
  @Returns(PortalMeView)
  updateMe(@Context() ctx: Ctx, @Body() input: UpdatePortalMe) {
    return this.me.update(ctx, input);
  }

  /** Service objects within reach, to choose from when filing a ticket. */
  @Get('objects')
  @PortalOnly()
  @ReturnsPage(PortalObjectView)
  async objects(@Context() ctx: Ctx, @Query() query: ListPortalObjects) {
    return mapPage(await this.me.objects(ctx, query), toPortalObjectView);
  }

  /** People of the companies one administers. */
  @Get('people')
  @PortalOnly()
  @ReturnsPage(PortalPersonView)
  async listPeople(@Context() ctx: Ctx, @Query() query: ListPortalPeople) {
    return mapPage(await this.people.list(ctx, query), toPortalPersonView);
  }

  /** Invites a colleague: he gets a one-time link by mail. */
  @Post('people')
  @PortalOnly()
  @Returns(PortalPersonView, 201)
  async invite(@Context() ctx: Ctx, @Body() input: InvitePortalPerson) {
    return toPortalPersonView(await this.people.invite(ctx, input));
  }

  @Patch('people/:id')
  @PortalOnly()
  @Returns(PortalPersonView)
  async updatePerson(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdatePortalPerson) {
    return toPortalPersonView(await this.people.update(ctx, id, input));
  }

  /** Takes the person out of the company. */
  @Delete('people/:id')
  @PortalOnly()
  @ReturnsNothing()
  removePerson(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.people.remove(ctx, id);
  }
}
