import { IsMoment, Optional, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { ABSENCE_REASONS, type AbsenceReason } from './absence.entity';
import type { AbsenceRow } from './absences.query';

/** A day of the person's time zone, or an RFC 3339 moment. */
const DAY_OR_MOMENT = /^\d{4}-\d\d-\d\d([Tt].*)?$/;

export class ListAbsences extends PageQuery {
  @IsOptional()
  @IsUUID()
  employeeId?: string;

  @IsOptional()
  @IsUUID()
  teamId?: string;

  /** Only what is not over at this moment. */
  @IsOptional()
  @IsMoment()
  from?: string;

  /** Only what has begun before this moment. */
  @IsOptional()
  @IsMoment()
  to?: string;
}

export class CreateAbsence {
  @IsUUID()
  employeeId: string;

  /** A day of the person's time zone, or an RFC 3339 moment. */
  @ApiProperty({ example: '2026-12-01' })
  @Matches(DAY_OR_MOMENT)
  @MaxLength(40)
  from: string;

  /** When the person is there again: a day of his time zone, or an RFC 3339 moment. */
  @ApiProperty({ example: '2026-12-15' })
  @Matches(DAY_OR_MOMENT)
  @MaxLength(40)
  to: string;

  /** Who stands in for him. */
  @IsOptional()
  @IsUUID()
  substituteId?: string | null;

  @IsIn(ABSENCE_REASONS)
  reason: AbsenceReason;

  @Optional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class UpdateAbsence {
  /** A day of the person's time zone, or an RFC 3339 moment. */
  @Optional()
  @Matches(DAY_OR_MOMENT)
  @MaxLength(40)
  from?: string;

  /** When the person is there again: a day of his time zone, or an RFC 3339 moment. */
  @Optional()
  @Matches(DAY_OR_MOMENT)
  @MaxLength(40)
  to?: string;

  /** Who stands in for him. */
  @IsOptional()
  @IsUUID()
  substituteId?: string | null;

  @Optional()
  @IsIn(ABSENCE_REASONS)
  reason?: AbsenceReason;

  @Optional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class AbsentPersonView {
  id: string;
  name: string;
}

export class StandInView {
  /** Who acts meanwhile; null when nobody is there: the team does. */
  employee: AbsentPersonView | null;
  /** The substitutes name each other in a circle. */
  isCircle: boolean;
}

export class AbsenceView {
  id: string;
  employee: AbsentPersonView;
  from: string;
  /** The first moment the person is there again. */
  to: string;
  /** In the person's time zone. */
  firstDay: string;
  /** In the person's time zone, still away. */
  lastDay: string;
  isNow: boolean;
  substitute: AbsentPersonView | null;
  /** Who acts now, or once it begins, after the substitutes' own absences. */
  standIn: StandInView;
  /** Null for whoever may not change the absence. */
  @ApiProperty({ enum: ABSENCE_REASONS, nullable: true, type: String })
  reason: AbsenceReason | null;
  /** Null for whoever may not change the absence. */
  note: string | null;
  canEdit: boolean;
  version: number;
}

export const toAbsenceView = (row: AbsenceRow, standIn: StandInView, now: Date): AbsenceView => ({
  id: row.id,
  employee: row.employee,
  from: row.startsAt.toISOString(),
  to: row.endsAt.toISOString(),
  firstDay: row.firstDay,
  lastDay: row.lastDay,
  isNow: row.startsAt <= now && row.endsAt > now,
  substitute: row.substitute,
  standIn,
  reason: row.isOwn ? row.reason : null,
  note: row.isOwn ? row.note : null,
  canEdit: row.isOwn,
  version: row.version,
});
