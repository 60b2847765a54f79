import { ApiProperty } from '@nestjs/swagger';
import { IsMoment, Optional, Trimmed } from '@opora/platform/http';
import { STATUS_CATEGORIES, type StatusCategory } from '@opora/modules/tickets';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { OWNERS, type OwnerKind } from './sla-ownership';
import { SLA_METRICS, type SlaMetric } from './sla-story';
import { ClockView, SlaPolicyRef } from './ticket-sla.views';

export class SlaCandidateView {
  id: string;
  name: string;
  /** This one counts. */
  matched: boolean;
  /** Why, or why not, in words. */
  because: string[];
}

export class SlaMomentView {
  /** `75%`, `-900` (seconds before the end), `breach`, `manual`. */
  threshold: string;
  at: string;
  /** When it was told; null while it lies ahead. */
  @ApiProperty({ type: String, nullable: true })
  toldAt: string | null;
}

export const EXCUSE_STATES = ['asked', 'approved', 'declined'] as const;
export type ExcuseState = (typeof EXCUSE_STATES)[number];

export class ClockExcuseView {
  id: string;
  @ApiProperty({ enum: EXCUSE_STATES })
  state: ExcuseState;
}

/** A clock with its numbers. Seconds are whole; both times are told: working and plain. */
export class TicketClockView extends ClockView {
  id: string;
  /** The number of the run: a dwell limit and «next update» have many. */
  cycle: number;
  startAt: string;
  @ApiProperty({ type: String, nullable: true })
  breachedAt: string | null;
  targetSeconds: number;
  /** Working time that has counted, until now or until the stop. */
  elapsedSeconds: number;
  /** Plain time since the start. */
  calendarSeconds: number;
  /** Plain time in which the clock stood. */
  pausedSeconds: number;
  policy: SlaPolicyRef;
  moments: SlaMomentView[];
  @ApiProperty({ type: ClockExcuseView, nullable: true })
  excuse: ClockExcuseView | null;
}

export class OwnerTimeView {
  @ApiProperty({ enum: OWNERS })
  owner: OwnerKind;
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  seconds: number;
  workingSeconds: number;
}

export class TimedStatusView {
  id: string;
  name: string;
  color: string;
  @ApiProperty({ enum: STATUS_CATEGORIES })
  category: StatusCategory;
}

export class StatusTimeView {
  status: TimedStatusView;
  seconds: number;
  workingSeconds: number;
}

export class ManualDeadlineView {
  dueAt: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: SlaPolicyRef, nullable: true })
  by: { id: string | null; name: string } | null;
  @ApiProperty({ type: String, nullable: true })
  at: string | null;
}

export class TicketSlaView {
  @ApiProperty({ type: SlaPolicyRef, nullable: true })
  policy: SlaPolicyRef | null;
  /** Every active policy in its order. */
  candidates: SlaCandidateView[];
  clocks: TicketClockView[];
  /** Whose the ticket's time was: the seconds add up to `totalSeconds`. */
  owners: OwnerTimeView[];
  /** From the registration to the closing, or to now. */
  totalSeconds: number;
  /** Time in each status: the seconds add up to `totalSeconds`, too. */
  statuses: StatusTimeView[];
  @ApiProperty({ type: ManualDeadlineView, nullable: true })
  manual: ManualDeadlineView | null;
}

export class AskExplanation {
  @IsIn(SLA_METRICS)
  metric: SlaMetric;

  /** The run; the last one when left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  cycle?: number;

  @Optional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';
}

export class SetDeadline {
  /** The date promised instead of the computed one, which stays beside it. */
  @ApiProperty({ example: '2026-11-30T15:00:00Z' })
  @IsMoment()
  dueAt: string;

  /** Kept in the history and shown beside the date. */
  @ApiProperty({ example: 'Согласовано с клиентом по телефону' })
  @IsString()
  @Trimmed()
  @Length(1, 2000)
  reason: string;
}

export class SetArrival {
  /** When the engineer came; now when left out. */
  @Optional()
  @IsMoment()
  at?: string;
}
