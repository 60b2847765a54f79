import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsList } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Holidays } from './holidays.service';
import { SlaPermission } from './sla.access';
import type { HolidayYear } from './work-calendar.entity';
import { HolidayYearParams, HolidayYearView, PutHolidays } from './holidays.dto';

const toView = ({ country, year, days, updatedAt }: HolidayYear): HolidayYearView => ({
  country,
  year,
  days: days.map(({ date, kind }) => ({ date, kind })),
  updatedAt: updatedAt.toISOString(),
});

@ApiTags('sla')
@Controller('sla/holidays')
export class HolidaysController {
  constructor(private readonly holidays: Holidays) {}

  /** Production calendars, the latest year of each country first. */
  @Get()
  @Allow(SlaPermission.read, SlaPermission.manage)
  @ReturnsList(HolidayYearView)
  async list(@Context() ctx: Ctx) {
    return { data: (await this.holidays.list(ctx)).map(toView) };
  }

  /** Replaces a year. Every calendar that follows the country changes with it. */
  @Put(':country/:year')
  @Allow(SlaPermission.manage)
  @Returns(HolidayYearView)
  async put(@Context() ctx: Ctx, @Param() { country, year }: HolidayYearParams, @Body() { days }: PutHolidays) {
    return toView((await this.holidays.put(ctx, country, Number(year), days)).row);
  }
}
