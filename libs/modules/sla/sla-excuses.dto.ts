import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FileView } from '@opora/platform/files';
import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { SLA_METRICS, type SlaMetric } from './sla-story';
import { SlaNameRef, SlaTicketRef } from './sla-report.dto';
import { EXCUSE_STATES, type ExcuseState } from './ticket-sla.dto';

export class AskExcuse {
  @IsIn(SLA_METRICS)
  metric: SlaMetric;

  /** The run; the last missed one when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  cycle?: number;

  @IsUUID()
  reasonId: string;

  @ApiProperty({ example: 'Водитель не приехал в назначенное время' })
  @IsString()
  @Trimmed()
  @Length(1, 5000)
  note: string;

  /** The evidence: uploads of the asker. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsUUID(undefined, { each: true })
  fileIds: string[];
}

export class DecideExcuse {
  @IsOptional()
  @IsString()
  @Trimmed()
  @MaxLength(5000)
  note?: string;
}

export class ListExcuses extends PageQuery {
  @Optional()
  @IsIn(EXCUSE_STATES)
  state?: ExcuseState;
}

export class ExcuseReasonName {
  @IsString()
  @Trimmed()
  @Length(1, 200)
  ru: string;

  @IsString()
  @Trimmed()
  @Length(1, 200)
  en: string;
}

export class CreateExcuseReason {
  @IsObject()
  @ValidateNested()
  @Type(() => ExcuseReasonName)
  name: ExcuseReasonName;
}

export class UpdateExcuseReason {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ExcuseReasonName)
  name?: ExcuseReasonName;

  /** An archived reason is not offered any more; what it excused stays. */
  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  isArchived?: boolean;
}

export class ExcuseReasonView {
  id: string;
  name: ExcuseReasonName;
  @ApiProperty({ type: String, nullable: true })
  archivedAt: string | null;
}

export class ExcusedClockView {
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  stoppedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  breachedAt: string | null;
}

export class ExcuseView {
  id: string;
  ticket: SlaTicketRef;
  @ApiProperty({ enum: SLA_METRICS })
  metric: SlaMetric;
  cycle: number;
  reason: SlaNameRef;
  note: string;
  files: FileView[];
  @ApiProperty({ enum: EXCUSE_STATES })
  state: ExcuseState;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  askedBy: SlaNameRef | null;
  askedAt: string;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  decidedBy: SlaNameRef | null;
  @ApiProperty({ type: String, nullable: true })
  decidedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  decisionNote: string | null;
  @ApiProperty({ type: ExcusedClockView, nullable: true })
  clock: ExcusedClockView | null;
}
