import { type Condition, ConditionInput } from '@opora/modules/fields';
import { STATUS_CATEGORIES, type StatusCategory } from '@opora/modules/tickets';
import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
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
  Min,
  ValidateNested,
} from 'class-validator';
import {
  ESCALATION_KINDS,
  OBJECT_CALENDAR_MODES,
  ON_CALENDAR_CHANGE,
  ON_CHANGE,
  type PolicyOnChange,
  type SlaEscalation,
} from './sla-policy.entity';
import { type Reaction, REACTIONS, SLA_METRICS, type SlaMetric } from './sla-story';

/** Ten years. */
const MAX_SECONDS = 315_360_000;
const ANY_CONDITION = { type: 'object' as const, additionalProperties: true };

/** A share of the time, or so much working time before the end: exactly one of the two. */
export class WarningInput {
  @ApiPropertyOptional({ example: 75, minimum: 1, maximum: 100 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(100)
  percent?: number;

  @ApiPropertyOptional({ example: 900 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_SECONDS)
  beforeSeconds?: number;
}

export class EscalationInput implements SlaEscalation {
  @ApiProperty({ enum: ESCALATION_KINDS, example: 'team_lead' })
  @IsIn(ESCALATION_KINDS)
  kind: (typeof ESCALATION_KINDS)[number];

  /** Whom: for `employee` needed, for `team` the ticket’s own when left out. */
  @Optional()
  @IsUUID()
  id?: string;
}

export class MetricInput {
  @ApiProperty({ enum: SLA_METRICS, example: 'resolution' })
  @IsIn(SLA_METRICS)
  metric: SlaMetric;

  /** Working time that is promised. */
  @ApiProperty({ example: 28_800, minimum: 1, maximum: MAX_SECONDS })
  @IsInt()
  @Min(1)
  @Max(MAX_SECONDS)
  seconds: number;

  /** Other hours than the policy’s. */
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;

  /** The clock stands in statuses of these categories. */
  @ApiPropertyOptional({ enum: STATUS_CATEGORIES, isArray: true, example: ['waiting_client'] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(STATUS_CATEGORIES.length)
  @ArrayUnique()
  @IsIn(STATUS_CATEGORIES, { each: true })
  pauseCategories?: StatusCategory[];

  /** And in these statuses. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  pauseStatusIds?: string[];

  /** And while the ticket is put aside. */
  @Optional()
  @IsBoolean()
  pausesWhenPutAside?: boolean;

  /** Only for `dwell`: the statuses that are watched; all in which work goes on when left out. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  statusIds?: string[];

  /** Only for `reaction`: what counts as one. */
  @ApiPropertyOptional({ enum: REACTIONS })
  @Optional()
  @IsIn(REACTIONS)
  reactionOn?: Reaction;

  @ApiPropertyOptional({ type: [WarningInput], example: [{ percent: 75 }, { beforeSeconds: 900 }] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => WarningInput)
  warnings?: WarningInput[];

  /** Who is told of warnings and of the breach; the assignee when left out. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => EscalationInput)
  escalateTo?: EscalationInput[];
}

/** What becomes of running clocks when something they rest on changes: kept, counted anew from the start, or from the change on. */
export class OnChangeInput implements Partial<PolicyOnChange> {
  @ApiPropertyOptional({ enum: ON_CHANGE })
  @Optional()
  @IsIn(ON_CHANGE)
  type?: PolicyOnChange['type'];

  @ApiPropertyOptional({ enum: ON_CHANGE })
  @Optional()
  @IsIn(ON_CHANGE)
  priority?: PolicyOnChange['priority'];

  @ApiPropertyOptional({ enum: ON_CHANGE })
  @Optional()
  @IsIn(ON_CHANGE)
  client?: PolicyOnChange['client'];

  @ApiPropertyOptional({ enum: ON_CHANGE })
  @Optional()
  @IsIn(ON_CHANGE)
  policy?: PolicyOnChange['policy'];

  @ApiPropertyOptional({ enum: ON_CALENDAR_CHANGE })
  @Optional()
  @IsIn(ON_CALENDAR_CHANGE)
  calendar?: PolicyOnChange['calendar'];
}

export class CreatePolicy {
  @ApiProperty({ example: 'VIP: критические за 4 часа' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name: string;

  /** Its place among the policies, the first being 1; the last place when left out. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(1000)
  position?: number;

  @Optional()
  @IsBoolean()
  isActive?: boolean;

  @ConditionInput()
  when: Condition;

  @IsUUID()
  calendarId: string;

  /** `intersect`: only hours in which the service object is open, too. */
  @ApiPropertyOptional({ enum: OBJECT_CALENDAR_MODES })
  @Optional()
  @IsIn(OBJECT_CALENDAR_MODES)
  objectCalendarMode?: (typeof OBJECT_CALENDAR_MODES)[number];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MetricInput)
  metrics: MetricInput[];

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => OnChangeInput)
  onChange?: OnChangeInput;
}

export class UpdatePolicy extends PartialType(CreatePolicy, { skipNullProperties: false }) {}

export class PolicyOrder {
  /** Every policy, each once. */
  @IsArray()
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

/** A policy as it would be; everything left out is as it is. Nothing at all: the policies as they are. */
export class CheckPolicy {
  /** The policy that would change; a new one when left out. */
  @Optional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ ...ANY_CONDITION })
  @Optional()
  @IsObject()
  when?: Condition;

  @Optional()
  @IsInt()
  @Min(1)
  @Max(1000)
  position?: number;

  @Optional()
  @IsBoolean()
  isActive?: boolean;
}
