import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath, PartialType } from '@nestjs/swagger';
import { Flag, Optional, Trimmed } from '@opora/platform/http';
import { IsBoolean, IsObject, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import type { WorkCalendarRow } from './work-calendar.entity';
import {
  type CalendarDefinition,
  type DaySource,
  type HolidayKind,
  HOLIDAY_KINDS,
  type Interval,
  type Weekday,
} from './work-day';

/** Working hours of a day. */
export class WorkInterval implements Interval {
  /** `HH:MM` on the clock of the time zone. */
  @ApiProperty({ example: '09:00' })
  from: string;

  /** `HH:MM` or `24:00`. Not after `from`: the shift ends on the next day and belongs to the day it starts on. */
  @ApiProperty({ example: '18:00' })
  to: string;

  /** Says whether the end is on the next day. May be left out; contradicting the times is refused. */
  nextDay?: boolean;
}

const INTERVALS = { type: 'array' as const, items: { $ref: getSchemaPath(WorkInterval) } };
/** Lists of intervals by weekday or date. */
export const DAYS = { type: 'object' as const, additionalProperties: INTERVALS };
const OFFICE = [{ from: '09:00', to: '18:00' }];

export const WEEK_EXAMPLE = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: [], sun: [] };

/** The hours themselves; the places inside are checked by `calendarProblems`. */
@ApiExtraModels(WorkInterval)
export class CalendarHours implements CalendarDefinition {
  /** IANA name of the time zone. */
  @ApiProperty({ example: 'Europe/Moscow' })
  @IsString()
  @MaxLength(64)
  timeZone: string;

  @ApiProperty({
    ...DAYS,
    description: 'Shifts by weekday: `mon` to `sun`; a day left out is a day off.',
    example: WEEK_EXAMPLE,
  })
  @IsObject()
  week: Partial<Record<Weekday, Interval[]>>;

  @ApiPropertyOptional({
    ...DAYS,
    nullable: true,
    description:
      'By `MM-DD`: what is worked on the day every year instead of the shifts that start on it; an empty list is a day off.',
    example: { '12-31': [{ from: '09:00', to: '13:00' }] },
  })
  @IsOptional()
  @IsObject()
  yearly?: Record<string, Interval[]> | null;

  @ApiPropertyOptional({
    ...DAYS,
    nullable: true,
    description: 'By `YYYY-MM-DD`: the same for one date. Outranks the production calendar and the yearly exceptions.',
    example: { '2026-06-15': [] },
  })
  @IsOptional()
  @IsObject()
  dated?: Record<string, Interval[]> | null;

  /**
   * Country whose production calendar is followed. Its days off have no shifts, a shortened day ends an hour of work earlier, a Saturday
   * or Sunday that is a working day (shortened or not) has the shifts of the calendar's Friday. Outranks the yearly exceptions.
   */
  @ApiPropertyOptional({ type: String, nullable: true, example: 'ru' })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  holidays?: string | null;
}

export class CreateCalendar extends CalendarHours {
  @ApiProperty({ example: 'Офис, Москва' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name: string;

  /** Latin letters, digits, `-` and `_`; made from the name's place in the list when left out. */
  @ApiPropertyOptional({ example: 'office-msk' })
  @Optional()
  @IsString()
  @Matches(/^[a-z0-9][a-z0-9_-]{0,49}$/)
  code?: string;
}

export class UpdateCalendar extends PartialType(CreateCalendar, { skipNullProperties: false }) {}

export class ListCalendars {
  /** `true`: the archive too. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  archived?: boolean;
}

export class CalendarYearParams {
  @Matches(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/)
  id: string;

  @Matches(/^(19|20|21)\d\d$/)
  year: string;
}

@ApiExtraModels(WorkInterval)
export class CalendarView {
  id: string;
  code: string;
  name: string;
  timeZone: string;
  @ApiProperty({ ...DAYS, example: WEEK_EXAMPLE })
  week: Partial<Record<Weekday, Interval[]>>;
  @ApiProperty({ ...DAYS })
  yearly: Record<string, Interval[]>;
  @ApiProperty({ ...DAYS })
  dated: Record<string, Interval[]>;
  @ApiProperty({ type: String, nullable: true })
  holidays: string | null;
  /** Policies that use it, by name. */
  usedBy: string[];
  version: number;
  isArchived: boolean;
  updatedAt: string;
}

export class CalendarDayView {
  @ApiProperty({ example: '2026-11-03' })
  date: string;
  @ApiProperty({ example: 'tue' })
  weekday: string;
  /** Where the hours of the day come from. */
  @ApiProperty({ enum: ['week', 'yearly', 'dated', 'holiday'] })
  source: DaySource;
  /** What the production calendar says of the day. */
  @ApiProperty({ enum: HOLIDAY_KINDS, nullable: true, type: String })
  kind: HolidayKind | null;
  intervals: WorkInterval[];
  /** Real working time of the shifts that start on the day: clock changes counted. */
  workingSeconds: number;
}

export class CalendarYearView {
  calendarId: string;
  year: number;
  workingDays: number;
  workingSeconds: number;
  days: CalendarDayView[];
}

export type CalendarWithUse = WorkCalendarRow & { usedBy: string[] };

export const toCalendarView = (row: CalendarWithUse): CalendarView => ({
  id: row.id,
  code: row.code,
  name: row.name,
  timeZone: row.timeZone,
  week: row.week,
  yearly: row.yearly,
  dated: row.dated,
  holidays: row.holidays,
  usedBy: row.usedBy,
  version: row.version,
  isArchived: row.archivedAt !== null,
  updatedAt: row.updatedAt.toISOString(),
});
