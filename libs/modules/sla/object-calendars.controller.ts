import { ClientsPermission } from '@opora/modules/clients';
import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ObjectCalendarView, SetObjectCalendar } from './object-calendars.dto';
import { ObjectCalendars } from './object-calendars.service';
import { SlaPermission } from './sla.access';

@ApiTags('sla')
@Controller('sla/objects/:id/calendar')
export class ObjectCalendarsController {
  constructor(private readonly calendars: ObjectCalendars) {}

  /** When the object is open: its own hours, or those of the nearest object above it. */
  @Get()
  @Allow(ClientsPermission.read)
  @Returns(ObjectCalendarView)
  get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.calendars.get(ctx, id);
  }

  @Put()
  @Allow(SlaPermission.manage)
  @Returns(ObjectCalendarView)
  set(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { calendarId }: SetObjectCalendar) {
    return this.calendars.set(ctx, id, calendarId);
  }

  /** The object inherits its hours again. */
  @Delete()
  @Allow(SlaPermission.manage)
  @Returns(ObjectCalendarView)
  unset(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.calendars.set(ctx, id, null);
  }
}
