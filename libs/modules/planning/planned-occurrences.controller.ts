import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import {
  MoveOccurrence,
  OccurrenceFilter,
  OccurrenceGroupView,
  OccurrencesChangedView,
  OccurrenceView,
  SkipOccurrence,
  toGroupView,
  toOccurrenceView,
} from './planned-occurrences.dto';
import { PlannedOccurrences } from './planned-occurrences.service';
import { PlanningPermission } from './planning.access';

@ApiTags('planning')
@Controller('planned-occurrences')
export class PlannedOccurrencesController {
  constructor(private readonly occurrences: PlannedOccurrences) {}

  /** Dates of plans in order, each with its object and ticket. */
  @Get()
  @Allow(PlanningPermission.read, PlanningPermission.manage)
  @ReturnsPage(OccurrenceView)
  async list(@Context() ctx: Ctx, @Query() query: OccurrenceFilter) {
    return mapPage(await this.occurrences.list(ctx, query), toOccurrenceView);
  }

  /** The same for a calendar: the dates of a plan at one moment are one row. */
  @Get('calendar')
  @Allow(PlanningPermission.read, PlanningPermission.manage)
  @ReturnsPage(OccurrenceGroupView)
  async calendar(@Context() ctx: Ctx, @Query() query: OccurrenceFilter) {
    return mapPage(await this.occurrences.calendar(ctx, query), toGroupView);
  }

  @Get(':id')
  @Allow(PlanningPermission.read, PlanningPermission.manage)
  @Returns(OccurrenceView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toOccurrenceView(await this.occurrences.get(ctx, id));
  }

  /** Leaves a date out. */
  @Post(':id/skip')
  @HttpCode(200)
  @Allow(PlanningPermission.manage)
  @Returns(OccurrencesChangedView)
  async skip(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: SkipOccurrence) {
    return { count: await this.occurrences.skip(ctx, id, input) };
  }

  /** Puts a date on another day. */
  @Post(':id/move')
  @HttpCode(200)
  @Allow(PlanningPermission.manage)
  @Returns(OccurrencesChangedView)
  async move(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: MoveOccurrence) {
    return { count: await this.occurrences.move(ctx, id, input) };
  }

  /** Takes a skip back. */
  @Post(':id/restore')
  @HttpCode(200)
  @Allow(PlanningPermission.manage)
  @Returns(OccurrenceView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toOccurrenceView(await this.occurrences.restore(ctx, id));
  }

  /** Another try at a ticket that could not be made. */
  @Post(':id/retry')
  @HttpCode(200)
  @Allow(PlanningPermission.manage)
  @Returns(OccurrenceView)
  async retry(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toOccurrenceView(await this.occurrences.retry(ctx, id));
  }
}
