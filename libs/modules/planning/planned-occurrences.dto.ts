import { ApiProperty } from '@nestjs/swagger';
import { Flag, IsMoment, List, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { OffReason } from './planned-dates';
import { SKIP_KINDS, type SkipKind } from './planned-ticket.entity';
import { PlanRef } from './planned-tickets.views.dto';

/** As people see it: laid out, ticket made, its date past and the work not done, done, left out, could not be made. */
export const SHOWN_STATES = ['planned', 'created', 'overdue', 'done', 'skipped', 'failed'] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

export class OccurrenceFilter extends PageQuery {
  /** Dates from this moment on. */
  @IsMoment()
  from: string;

  /** Dates before this moment; at most 400 days later. */
  @IsMoment()
  to: string;

  @IsOptional()
  @IsUUID()
  plannedId?: string;

  /** Of this object, or of what lies below it. */
  @IsOptional()
  @IsUUID()
  objectId?: string;

  @IsOptional()
  @IsUUID()
  companyId?: string;

  /** Whose ticket it is, or whose it will be. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string;

  @IsOptional()
  @IsUUID()
  teamId?: string;

  @ApiProperty({ enum: SHOWN_STATES, isArray: true, required: false })
  @IsOptional()
  @List()
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(SHOWN_STATES, { each: true })
  states?: ShownState[];
}

export class SkipOccurrence {
  @ApiProperty({ example: 'Магазин закрыт на ремонт' })
  @Trimmed()
  @IsString()
  @Length(1, 500)
  reason: string;

  /** All unmade dates of the plan at that moment, not only this object's. */
  @Optional()
  @Flag()
  @IsBoolean()
  withGroup?: boolean;
}

export class MoveOccurrence extends SkipOccurrence {
  /** The new date; not past. */
  @IsMoment()
  to: string;
}

export class OccurrenceTicketView {
  id: string;
  number: number;
  subject: string;
  statusName: string;
  statusColor: string;
}

export class OccurrenceView {
  id: string;
  planned: PlanRef;
  @ApiProperty({ type: PlanRef, nullable: true })
  object: PlanRef | null;
  @ApiProperty({ type: PlanRef, nullable: true })
  company: PlanRef | null;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** The date the rule gives; another one when a person moved it. */
  @ApiProperty({ format: 'date-time' })
  ruleAt: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  shiftedFrom: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['day_off', 'holiday', 'exception'] })
  shiftedWhy: OffReason | null;
  @ApiProperty({ format: 'date-time' })
  createAt: string;
  @ApiProperty({ enum: SHOWN_STATES })
  state: ShownState;
  @ApiProperty({ type: String, nullable: true, enum: SKIP_KINDS })
  skipKind: SkipKind | null;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  /** Null before it is made, and where you may not see it. */
  @ApiProperty({ type: OccurrenceTicketView, nullable: true })
  ticket: OccurrenceTicketView | null;
  timeZone: string;
}

export class OccurrenceGroupView {
  planned: PlanRef;
  @ApiProperty({ format: 'date-time' })
  at: string;
  timeZone: string;
  /** One of them; the rest are in `GET /planned-occurrences` of the plan at that moment. */
  occurrenceId: string;
  total: number;
  countPlanned: number;
  countCreated: number;
  countOverdue: number;
  countDone: number;
  countSkipped: number;
  countFailed: number;
  /** What all of them are, or the gravest. */
  @ApiProperty({ enum: SHOWN_STATES })
  state: ShownState;
  /** Where there is one object. */
  @ApiProperty({ type: PlanRef, nullable: true })
  object: PlanRef | null;
  @ApiProperty({ type: OccurrenceTicketView, nullable: true })
  ticket: OccurrenceTicketView | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  shiftedFrom: string | null;
}

export class OccurrencesChangedView {
  count: number;
}

export type OccurrenceRow = Omit<OccurrenceView, 'at' | 'ruleAt' | 'shiftedFrom' | 'createAt'> & {
  at: Date;
  ruleAt: Date;
  shiftedFrom: Date | null;
  createAt: Date;
};
export type GroupRow = Omit<OccurrenceGroupView, 'at' | 'shiftedFrom' | 'state'> & {
  at: Date;
  shiftedFrom: Date | null;
};

const ticketOf = (ticket: OccurrenceTicketView | null): OccurrenceTicketView | null =>
  ticket && {
    id: ticket.id,
    number: ticket.number,
    subject: ticket.subject,
    statusName: ticket.statusName,
    statusColor: ticket.statusColor,
  };

export const toOccurrenceView = (row: OccurrenceRow): OccurrenceView => ({
  id: row.id,
  planned: row.planned,
  object: row.object,
  company: row.company,
  at: row.at.toISOString(),
  ruleAt: row.ruleAt.toISOString(),
  shiftedFrom: row.shiftedFrom?.toISOString() ?? null,
  shiftedWhy: row.shiftedWhy,
  createAt: row.createAt.toISOString(),
  state: row.state,
  skipKind: row.skipKind,
  reason: row.reason,
  ticket: ticketOf(row.ticket),
  timeZone: row.timeZone,
});

export const toGroupView = (row: GroupRow): OccurrenceGroupView => ({
  planned: row.planned,
  at: row.at.toISOString(),
  timeZone: row.timeZone,
  occurrenceId: row.occurrenceId,
  total: row.total,
  countPlanned: row.countPlanned,
  countCreated: row.countCreated,
  countOverdue: row.countOverdue,
  countDone: row.countDone,
  countSkipped: row.countSkipped,
  countFailed: row.countFailed,
  state: gravest(row),
  object: row.object,
  ticket: ticketOf(row.ticket),
  shiftedFrom: row.shiftedFrom?.toISOString() ?? null,
});

function gravest(row: GroupRow): ShownState {
  if (row.countFailed) return 'failed';
  if (row.countOverdue) return 'overdue';
  if (row.countPlanned) return 'planned';
  if (row.countCreated) return 'created';
  return row.countDone ? 'done' : 'skipped';
}
