import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, PageQuery, Returns, ReturnsNothing, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ApprovalScheduleView, CreateApprovalSchedule, UpdateApprovalSchedule } from './approval-schedules.dto';
import { ApprovalSchedules, type ScheduleRow } from './approval-schedules.service';
import { toMoney } from './approval-refs';
import { ApprovalPermission } from './approvals.access';

@ApiTags('approvals')
@Controller('approval-schedules')
export class ApprovalSchedulesController {
  constructor(private readonly schedules: ApprovalSchedules) {}

  /** Requests that begin by themselves. */
  @Get()
  @Allow(ApprovalPermission.manage)
  @ReturnsPage(ApprovalScheduleView)
  async list(@Context() ctx: Ctx, @Query() query: PageQuery) {
    return mapPage(await this.schedules.list(ctx, query), toScheduleView);
  }

  @Post()
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalScheduleView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateApprovalSchedule) {
    return toScheduleView(await this.schedules.create(ctx, input));
  }

  @Patch(':id')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalScheduleView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateApprovalSchedule) {
    return toScheduleView(await this.schedules.update(ctx, id, input));
  }

  @Delete(':id')
  @Allow(ApprovalPermission.manage)
  @ReturnsNothing()
  async remove(@Context() ctx: Ctx, @Param() { id }: IdParam): Promise<void> {
    await this.schedules.remove(ctx, id);
  }
}

const toScheduleView = (row: ScheduleRow): ApprovalScheduleView => ({
  id: row.id,
  name: row.name,
  isActive: row.isActive,
  rrule: row.rrule,
  startsOn: row.startsOn,
  time: row.time,
  timeZone: row.timeZone,
  initiator: row.initiator,
  request: { ...row.request, amount: toMoney(row.request.amount) },
  nextAt: row.nextAt?.toISOString() ?? null,
  lastAt: row.lastAt?.toISOString() ?? null,
  lastApproval: row.lastApproval,
  lastProblem: row.lastProblem,
  version: row.version,
});
