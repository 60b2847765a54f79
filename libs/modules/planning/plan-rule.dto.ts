import { ApiProperty } from '@nestjs/swagger';
import { IsMoment, Optional, Trimmed } from '@opora/platform/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { type OffReason, type Shift, SHIFTS } from './planned-dates';

/** The most dates one preview answers. */
export const MAX_PREVIEW = 1000;
/** Two years. */
export const MAX_LEAD = 63_072_000;
const MAX_EXTRA = 1000;
/** A date and time as in ISO 8601 or iCalendar; with an offset it is an instant, without one the wall clock's. */
const STAMP = /^\d{4}-?\d\d-?\d\d([T ]\d\d:?\d\d(:?\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?)?$/i;
const Stamp = () => Matches(STAMP, { each: false });

export class AfterDoneInput {
  /** Days from the day the object's last ticket was done. */
  @IsInt()
  @Min(1)
  @Max(3660)
  days: number;
}

/** Either `rrule` or `afterDone`. */
export class PlanRuleInput {
  /**
   * A recurrence rule of RFC 5545, with or without `RRULE:`. Lines DTSTART, RDATE and EXDATE may stand beside it. BYWEEKNO without BYDAY
   * means every day of the week; an ordinal of BYDAY counts with MONTHLY and YEARLY alone.
   */
  @ApiProperty({ example: 'FREQ=MONTHLY;BYDAY=1MO', required: false, nullable: true, type: String })
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  rrule?: string | null;

  /** So many days after the last ticket of the object was done; the first date is `dtstart`. */
  @ApiProperty({ type: AfterDoneInput, required: false, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AfterDoneInput)
  afterDone?: AfterDoneInput | null;

  /** The first moment on the clock of `timeZone`; the rule takes its time of day from it. May stand in `rrule` instead. */
  @ApiProperty({ example: '2026-12-07T09:00:00', required: false, nullable: true, type: String })
  @IsOptional()
  @Trimmed()
  @IsString()
  @Stamp()
  dtstart?: string | null;

  /** IANA name; without it the one in `rrule`, otherwise the organisation's. */
  @ApiProperty({ example: 'Europe/Moscow', required: false, nullable: true, type: String })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  timeZone?: string | null;

  /** Dates besides those of the rule. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_EXTRA)
  @IsString({ each: true })
  @Matches(STAMP, { each: true })
  rdates?: string[];

  /** Dates of the rule that are left out. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_EXTRA)
  @IsString({ each: true })
  @Matches(STAMP, { each: true })
  exdates?: string[];
}

export class PlanDatesInput {
  @IsObject()
  @ValidateNested()
  @Type(() => PlanRuleInput)
  rule: PlanRuleInput;

  /** What becomes of a date on a day off; `none` leaves it there. Dates that come upon the same moment make one ticket. */
  @ApiProperty({ enum: SHIFTS, required: false })
  @Optional()
  @IsIn(SHIFTS)
  shift?: Shift;

  /** The working calendar that says which days are worked; needed for every shift but `none`. */
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;

  /** No dates after it. */
  @IsOptional()
  @IsMoment()
  until?: string | null;
}

export class PreviewPlannedTicket extends PlanDatesInput {
  /** At most so many dates, 1 to 1000; 10 without it. */
  @ApiProperty({ required: false, minimum: 1, maximum: MAX_PREVIEW })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_PREVIEW)
  count?: number;

  /** Dates from this moment on; without it from the start of the rule. */
  @IsOptional()
  @IsMoment()
  from?: string | null;

  /** Dates before this moment. */
  @IsOptional()
  @IsMoment()
  to?: string | null;

  /** How long before its date a ticket is made. */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(MAX_LEAD)
  leadSeconds?: number;
}

export class PlannedDateView {
  /** On the clock of the rule's zone. */
  @ApiProperty({ example: '2026-12-07T09:00:00' })
  date: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** When the ticket is made. */
  @ApiProperty({ format: 'date-time' })
  createAt: string;
  /** The rule's own date, where a day off moved it. */
  @ApiProperty({ type: String, nullable: true })
  shiftedFrom: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['day_off', 'holiday', 'exception'] })
  reason: OffReason | null;
  /** The same in words. */
  @ApiProperty({ type: String, nullable: true })
  why: string | null;
  /** Other dates of the rule that came upon this moment. */
  merged: string[];
}

export class LeftDateView {
  date: string;
  why: string;
}

export class PlanNoticeView {
  code: string;
  message: string;
}

export class PlanPreviewView {
  timeZone: string;
  dates: PlannedDateView[];
  /** Dates on days off that are left out. */
  left: LeftDateView[];
  /** What one should know: the rule never comes true, or was given up. */
  problems: PlanNoticeView[];
}
