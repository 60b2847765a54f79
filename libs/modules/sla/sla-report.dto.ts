import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '@opora/platform/http';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { SLA_METRICS, type SlaMetric } from './sla-story';

export const REPORT_BY = ['line', 'company', 'employee', 'type', 'month'] as const;
export type ReportBy = (typeof REPORT_BY)[number];
export const OUTCOMES = ['met', 'breached', 'excused'] as const;
export type Outcome = (typeof OUTCOMES)[number];
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Which promises: decided (kept or missed) from the first to the last day, on the organisation's clock. */
export class AskReport extends PageQuery {
  @ApiProperty({ example: '2026-11-01' })
  @Matches(DAY)
  from: string;

  /** The last day, inclusive. */
  @ApiProperty({ example: '2026-11-30' })
  @Matches(DAY)
  to: string;

  @IsIn(REPORT_BY)
  by: ReportBy;

  @IsIn(SLA_METRICS)
  @IsOptional()
  @ApiProperty({ enum: SLA_METRICS, required: false, default: 'resolution' })
  metric?: SlaMetric;

  /** Filter of the tickets, as in lists. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  q?: string;
}

/** The same question, narrowed to one row and one outcome. */
export class AskReportTickets extends AskReport {
  /** `key` of a row; `none` for the row without one. Left out: all rows. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  key?: string;

  @IsOptional()
  @IsIn(OUTCOMES)
  @ApiProperty({ enum: OUTCOMES, required: false })
  outcome?: Outcome;
}

export class ReportRowView {
  @ApiProperty({ type: String, nullable: true })
  key: string | null;
  name: string;
  met: number;
  breached: number;
  /** Missed, but excused: counts neither for nor against the share. */
  excused: number;
  total: number;
  /** Kept of kept and missed, 0 to 1; null when there is neither. */
  @ApiProperty({ type: Number, nullable: true })
  share: number | null;
}

export class ReportView {
  data: ReportRowView[];
  /** All rows together. */
  total: ReportRowView;
}

export class SlaTicketRef {
  id: string;
  number: number;
  subject: string;
}

export class SlaNameRef {
  id: string;
  name: string;
}

export class ReportTicketView {
  ticket: SlaTicketRef;
  @ApiProperty({ enum: SLA_METRICS })
  metric: SlaMetric;
  cycle: number;
  @ApiProperty({ enum: OUTCOMES })
  outcome: Outcome;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  company: SlaNameRef | null;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  assignee: SlaNameRef | null;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  stoppedAt: string | null;
  decidedAt: string;
  targetSeconds: number;
  /** Working time; null while the ticket goes on. */
  @ApiProperty({ type: Number, nullable: true })
  elapsedSeconds: number | null;
}

export class ListStuck extends PageQuery {
  /** Filter of the tickets, as in lists. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  q?: string;
}

export class StuckStatusView {
  id: string;
  name: string;
  color: string;
  category: string;
}

export class StuckMoverView {
  kind: string;
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
}

/** A ticket that stays in a status longer than it may. */
export class StuckTicketView {
  ticket: SlaTicketRef;
  status: StuckStatusView;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  company: SlaNameRef | null;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  assignee: SlaNameRef | null;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  team: SlaNameRef | null;
  /** Since when it is in the status. */
  since: string;
  /** Working time in it. */
  workingSeconds: number;
  limitSeconds: number;
  dueAt: string;
  /** Who moved it into the status. */
  @ApiProperty({ type: StuckMoverView, nullable: true })
  lastMover: StuckMoverView | null;
  @ApiProperty({ type: String, nullable: true })
  lastMovedAt: string | null;
  /** What was said when it was moved or put aside. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}
