import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsList, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { SlaPermission } from './sla.access';
import { yearOfCalendar } from './work-calendar-year';
import {
  CalendarView,
  CalendarYearParams,
  CalendarYearView,
  CreateCalendar,
  ListCalendars,
  toCalendarView,
  UpdateCalendar,
} from './work-calendars.dto';
import { WorkCalendars } from './work-calendars.service';

@ApiTags('sla')
@Controller('sla/calendars')
export class WorkCalendarsController {
  constructor(private readonly calendars: WorkCalendars) {}

  @Get()
  @Allow(SlaPermission.read, SlaPermission.manage)
  @ReturnsList(CalendarView)
  async list(@Context() ctx: Ctx, @Query() { archived }: ListCalendars) {
    return { data: (await this.calendars.list(ctx, archived ?? false)).map(toCalendarView) };
  }

  @Post()
  @Allow(SlaPermission.manage)
  @Returns(CalendarView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateCalendar, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toCalendarView(await this.calendars.create(ctx, input)));
  }

  @Get(':id')
  @Allow(SlaPermission.read, SlaPermission.manage)
  @Returns(CalendarView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toCalendarView(await this.calendars.get(ctx, id)));
  }

  /** Fields that are left out stay. Running clocks follow the setting of their policy. */
  @Patch(':id')
  @ApiExtension('x-versioned', true)
  @Allow(SlaPermission.manage)
  @Returns(CalendarView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdateCalendar,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toCalendarView(await this.calendars.update(ctx, id, version, input)));
  }

  /** Refused while a policy uses it. */
  @Post(':id/archive')
  @Allow(SlaPermission.manage)
  @Returns(CalendarView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toCalendarView(await this.calendars.setArchived(ctx, id, true));
  }

  @Post(':id/restore')
  @Allow(SlaPermission.manage)
  @Returns(CalendarView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toCalendarView(await this.calendars.setArchived(ctx, id, false));
  }

  /** Every date of a year: its hours, where they come from, how long they really are. */
  @Get(':id/years/:year')
  @Allow(SlaPermission.read, SlaPermission.manage)
  @Returns(CalendarYearView)
  async year(@Context() ctx: Ctx, @Param() { id, year }: CalendarYearParams) {
    const row = await this.calendars.get(ctx, id);
    const holidays = await this.calendars.holidayDays(ctx, row.holidays);
    const days = yearOfCalendar(row, new Map(holidays.map(({ date, kind }) => [date, kind])), Number(year));
    return {
      calendarId: id,
      year: Number(year),
      workingDays: days.filter(({ intervals }) => intervals.length).length,
      workingSeconds: days.reduce((sum, { workingSeconds }) => sum + workingSeconds, 0),
      days,
    };
  }
}
