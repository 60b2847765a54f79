import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsMoment, Optional } from '@opora/platform/http';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsObject, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { SegmentView } from './sla-segments.dto';
import { SLA_METRICS, type SlaMetric } from './sla-story';
import { CalendarHours, WEEK_EXAMPLE } from './work-calendars.dto';

export const MAX_PAUSES = 10_000;
export const MAX_CHANGES = 100;
/** About thirty years of plain time. */
export const MAX_SECONDS = 1_000_000_000;

export const CHANGE_MODES = ['from_now_on', 'recalculate'] as const;

/** No time counts from `from` until `to`. Pauses may overlap and begin before the start. */
export class PreviewPause {
  @ApiProperty({ format: 'date-time', example: '2026-11-05T08:00:00Z' })
  from: string;

  /** Null: the pause goes on. */
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: '2026-11-05T10:00:00Z' })
  to: string | null;
}

/** Other hours from a moment on. */
export class PreviewChange {
  @ApiProperty({ format: 'date-time', example: '2026-11-09T06:00:00Z' })
  at: string;

  calendarId?: string;

  calendar?: CalendarHours;

  /** `from_now_on` keeps what was consumed until then; `recalculate` counts the whole run by the new hours. */
  @ApiProperty({ enum: CHANGE_MODES, example: 'from_now_on' })
  mode: (typeof CHANGE_MODES)[number];
}

/** Exactly one of `calendar`, `calendarId` and `policyId`; `durationSeconds` for a deadline, `end` for elapsed time, or both. */
export class PreviewSla {
  @Optional()
  @IsUUID()
  calendarId?: string;

  @ApiPropertyOptional({
    type: CalendarHours,
    description: 'Hours that need not be saved. Without any hours the deadline is null.',
    example: { timeZone: 'Europe/Moscow', week: WEEK_EXAMPLE, holidays: 'ru' },
  })
  @Optional()
  @IsObject()
  calendar?: object;

  @Optional()
  @IsUUID()
  policyId?: string;

  /** The policy’s promise that is tried. */
  @ApiPropertyOptional({ enum: SLA_METRICS })
  @Optional()
  @IsIn(SLA_METRICS)
  metric?: SlaMetric;

  /** Hours of the service object: only what lies in both counts. */
  @Optional()
  @IsUUID()
  objectCalendarId?: string;

  @ApiPropertyOptional({ type: CalendarHours })
  @Optional()
  @IsObject()
  objectCalendar?: object;

  @ApiProperty({ format: 'date-time', example: '2026-11-03T13:30:00Z' })
  @IsMoment()
  start: string;

  /** Working time until the deadline; the policy’s when left out. */
  @ApiPropertyOptional({ example: 28_800, maximum: MAX_SECONDS })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(MAX_SECONDS)
  durationSeconds?: number;

  /** Until when the elapsed time is counted. */
  @ApiPropertyOptional({ format: 'date-time' })
  @Optional()
  @IsMoment()
  end?: string;

  @ApiPropertyOptional({ type: [PreviewPause] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_PAUSES)
  pauses?: unknown[];

  @ApiPropertyOptional({ type: [PreviewChange], maxItems: MAX_CHANGES })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_CHANGES)
  changes?: unknown[];
}

export class PreviewExplanation {
  startAt: string;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  segments: SegmentView[];
}

export class PreviewNote {
  pointer: string;
  code: string;
  message: string;
}

export class SlaPreviewView {
  /** The first instant by which so much working time has passed; null when that never happens, or no duration was given. */
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;

  /** Working time from the start to `end`, or to the deadline when no `end` was given; pauses left out. Null when there is neither. */
  @ApiProperty({ type: Number, nullable: true })
  elapsedSeconds: number | null;

  /** Plain time between the same two moments. */
  @ApiProperty({ type: Number, nullable: true })
  calendarSeconds: number | null;

  /** Working time that the pauses took between the same two moments: by so much the deadline moved. */
  @ApiProperty({ type: Number, nullable: true })
  pausedSeconds: number | null;

  /** Plain time of the pauses between the same two moments. */
  @ApiProperty({ type: Number, nullable: true })
  pausedCalendarSeconds: number | null;

  /** Everything between the start and the deadline (`end` without a duration): the seconds add up. */
  explanation: PreviewExplanation;

  /** Why there is no deadline. */
  problems: PreviewNote[];
}

export const PREVIEW_EXAMPLES = {
  deadline: {
    summary: 'Eight working hours from the afternoon of a shortened day before a holiday',
    value: {
      calendar: { timeZone: 'Europe/Moscow', week: WEEK_EXAMPLE, holidays: 'ru' },
      start: '2026-11-03T13:30:00Z',
      durationSeconds: 28_800,
    },
  },
  pauses: {
    summary: 'The same with a pause; until when has how much been worked',
    value: {
      calendar: { timeZone: 'Europe/Moscow', week: WEEK_EXAMPLE, holidays: 'ru' },
      start: '2026-11-03T13:30:00Z',
      durationSeconds: 28_800,
      end: '2026-11-05T12:00:00Z',
      pauses: [{ from: '2026-11-05T08:00:00Z', to: '2026-11-05T10:00:00Z' }],
    },
  },
  overnight: {
    summary: 'An overnight shift on the night the clocks go back, at an object that closes at two',
    value: {
      calendar: { timeZone: 'Europe/Berlin', week: { sat: [{ from: '22:00', to: '06:00' }] } },
      objectCalendar: { timeZone: 'Europe/Berlin', week: { sat: [{ from: '20:00', to: '02:30' }] } },
      start: '2026-10-24T20:00:00Z',
      durationSeconds: 14_400,
    },
  },
  change: {
    summary: 'The hours change on the way',
    value: {
      calendar: { timeZone: 'Europe/Moscow', week: WEEK_EXAMPLE },
      start: '2026-11-09T06:00:00Z',
      durationSeconds: 72_000,
      changes: [
        {
          at: '2026-11-10T06:00:00Z',
          mode: 'from_now_on',
          calendar: { timeZone: 'Europe/Moscow', week: { tue: [{ from: '00:00', to: '24:00' }] } },
        },
      ],
    },
  },
};
