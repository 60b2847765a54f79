import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, mapPage, Returns, ReturnsNothing, ReturnsPage, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { PlanPreviewView, PreviewPlannedTicket } from './plan-rule.dto';
import { PlanSchedules } from './plan-schedules.service';
import {
  CheckPlannedTicket,
  CreatePlannedTicket,
  ListPlannedTickets,
  UpdatePlannedTicket,
} from './planned-tickets.dto';
import { PlannedTickets } from './planned-tickets.service';
import {
  PlanCheckView,
  PlannedTicketRowView,
  PlannedTicketView,
  toPlanRowView,
  toPlanView,
} from './planned-tickets.views.dto';
import { PlanningPermission } from './planning.access';

@ApiTags('planning')
@Controller('planned-tickets')
export class PlannedTicketsController {
  constructor(
    private readonly plans: PlannedTickets,
    private readonly schedules: PlanSchedules,
  ) {}

  /** Plans by name; without `state` all that have not ended. */
  @Get()
  @Allow(PlanningPermission.read, PlanningPermission.manage)
  @ReturnsPage(PlannedTicketRowView)
  async list(@Context() ctx: Ctx, @Query() query: ListPlannedTickets) {
    return mapPage(await this.plans.list(ctx, query), toPlanRowView);
  }

  @Post()
  @Allow(PlanningPermission.manage)
  @Returns(PlannedTicketView, 201)
  async create(
    @Context() ctx: Ctx,
    @Body() input: CreatePlannedTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toPlanView(await this.plans.create(ctx, input)));
  }

  /** The dates of a rule, with their shifts and why; nothing is kept. */
  @Post('preview')
  @HttpCode(200)
  @Allow(PlanningPermission.read, PlanningPermission.manage)
  @Returns(PlanPreviewView)
  preview(@Context() ctx: Ctx, @Body() input: PreviewPlannedTicket) {
    return this.schedules.preview(ctx, input);
  }

  /** What saving would change: objects, dates that come, go and stay. Nothing is kept. */
  @Post('check')
  @HttpCode(200)
  @Allow(PlanningPermission.manage)
  @Returns(PlanCheckView)
  check(@Context() ctx: Ctx, @Body() input: CheckPlannedTicket) {
    return this.plans.check(ctx, input);
  }

  @Get(':id')
  @Allow(PlanningPermission.read, PlanningPermission.manage)
  @Returns(PlannedTicketView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toPlanView(await this.plans.get(ctx, id)));
  }

  /** Changes what is given. Dates to come without a ticket are laid out anew; tickets, and what people moved or left out, stay. */
  @Patch(':id')
  @Allow(PlanningPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(PlannedTicketView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdatePlannedTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toPlanView(await this.plans.update(ctx, id, seen, input)));
  }

  /** Ends the plan: its dates to come go, its tickets stay. */
  @Delete(':id')
  @Allow(PlanningPermission.manage)
  @ReturnsNothing()
  archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.plans.archive(ctx, id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Allow(PlanningPermission.manage)
  @Returns(PlannedTicketView)
  async pause(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toPlanView(await this.plans.setActive(ctx, id, false));
  }

  /** Goes on. Dates that passed during the pause are left out. */
  @Post(':id/resume')
  @HttpCode(200)
  @Allow(PlanningPermission.manage)
  @Returns(PlannedTicketView)
  async resume(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toPlanView(await this.plans.setActive(ctx, id, true));
  }
}
