import { ApiProperty, PartialType } from '@nestjs/swagger';
import { OBJECT_KINDS } from '@opora/modules/clients';
import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
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
import { MAX_LEAD, PlanDatesInput } from './plan-rule.dto';
import { CATCH_UPS, type CatchUp, FAN_OUTS, type FanOut, OBJECT_MODES, type ObjectMode } from './planned-ticket.entity';

const MAX_LISTED = 2000;
const Ids = (most: number) => (target: object, name: string) => {
  for (const decorate of [Optional(), IsArray(), ArrayMaxSize(most), ArrayUnique(), IsUUID(undefined, { each: true })])
    decorate(target, name);
};

/** What the tickets are made of. `{{object.name}}`, `{{object.address}}`, `{{company.name}}`, `{{date}}`, `{{month}}`, `{{year}}` and `{{plan.name}}` stand for what they are of. */
export class PlannedContentInput {
  @ApiProperty({ example: 'Квартальное обслуживание касс: {{object.name}}' })
  @Trimmed()
  @IsString()
  @Length(1, 250)
  subject: string;

  /** Rich text; may hold the same variables. */
  @Optional()
  @IsString()
  @MaxLength(50_000)
  description?: string;

  @IsOptional()
  @IsUUID()
  typeId?: string | null;

  @IsOptional()
  @IsUUID()
  priorityId?: string | null;

  /** The client, where the plan has no objects; otherwise each object's own company is meant. */
  @IsOptional()
  @IsUUID()
  companyId?: string | null;

  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  /** Without team and person the client's responsible is set, as for any ticket. */
  @IsOptional()
  @IsUUID()
  teamId?: string | null;

  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_LEAD)
  plannedSeconds?: number | null;

  /** The deadline, so long after the date. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_LEAD)
  deadlineSeconds?: number | null;

  /** Values of custom fields by their codes. */
  @Optional()
  @IsObject()
  @ApiProperty({ type: 'object', additionalProperties: true, required: false, example: { serial: 'SN-1042' } } as never)
  customFields?: Record<string, unknown>;
}

/** For which objects. A filter is asked anew: objects that come to fit it join, archived ones leave. Its parts must all hold. */
export class PlanObjectsInput {
  @ApiProperty({ enum: OBJECT_MODES })
  @IsIn(OBJECT_MODES)
  mode: ObjectMode;

  /** `list`: these. */
  @Ids(MAX_LISTED)
  ids?: string[];

  /** `filter`: objects of these companies. */
  @Ids(200)
  companyIds?: string[];

  /** `filter`: of companies in any of these categories. */
  @Ids(100)
  categoryIds?: string[];

  /** `filter`: these objects and all below them. */
  @Ids(200)
  underIds?: string[];

  /** `filter`: of these kinds. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(OBJECT_KINDS, { each: true })
  kinds?: string[];
}

export class CreatePlannedTicket extends PlanDatesInput {
  @ApiProperty({ example: 'Квартальное обслуживание касс' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name: string;

  @IsObject()
  @ValidateNested()
  @Type(() => PlannedContentInput)
  ticket: PlannedContentInput;

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => PlanObjectsInput)
  objects?: PlanObjectsInput;

  /** How long before its date a ticket is made, in seconds. */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(MAX_LEAD)
  leadSeconds?: number;

  @ApiProperty({ enum: FAN_OUTS, required: false })
  @Optional()
  @IsIn(FAN_OUTS)
  fanOut?: FanOut;

  @IsOptional()
  @IsUUID()
  checklistTemplateId?: string | null;

  /** Dates that passed while nothing worked: make all (so without it), the last one of each object, or none. */
  @ApiProperty({ enum: CATCH_UPS, required: false })
  @Optional()
  @IsIn(CATCH_UPS)
  catchUp?: CatchUp;
}

export class UpdatePlannedTicket extends PartialType(CreatePlannedTicket) {}

/** A plan as it stands on the screen; with `id` it is compared with the one that is kept. */
export class CheckPlannedTicket extends PartialType(CreatePlannedTicket) {
  @IsOptional()
  @IsUUID()
  id?: string | null;
}

export class ListPlannedTickets extends PageQuery {
  /** Words of the name. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;

  @ApiProperty({ enum: ['active', 'paused', 'archived'], required: false })
  @IsOptional()
  @IsIn(['active', 'paused', 'archived'])
  state?: 'active' | 'paused' | 'archived';
}
