import { ApiProperty } from '@nestjs/swagger';
import { IsMoment, Optional } from '@opora/platform/http';
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
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Code, Line } from './ticket-text';
import { CustomValues, MAX_PLAN } from './tickets.dto';

/** Plain text of a client: a description, a comment. */
export const MAX_TEXT = 50_000;

export class PortalObserverInput {
  @IsIn(['contact'])
  kind: 'contact';
  @IsUUID()
  id: string;
}

/** What a form on the portal may be filled in with; a field the type's form does not show is refused. */
export class PortalFormValues {
  /** Plain text. */
  @Optional()
  @IsString()
  @MaxLength(MAX_TEXT)
  description?: string;
  @IsOptional()
  @IsUUID()
  typeId?: string;
  /** Needed when you belong to several companies. */
  @IsOptional()
  @IsUUID()
  companyId?: string;
  @IsOptional()
  @IsUUID()
  objectId?: string;
  /** Uploads of yours. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  files?: string[];
  @Optional()
  @IsUUID()
  priorityId?: string;
  @IsOptional()
  @Code()
  impact?: string | null;
  @IsOptional()
  @Code()
  urgency?: string | null;
  /** Somebody else of your company for whom you file it. */
  @IsOptional()
  @IsUUID()
  contactId?: string | null;
  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;
  @IsOptional()
  @IsUUID()
  teamId?: string | null;
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  coExecutorIds?: string[];
  /** Other people of your company who follow the ticket. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PortalObserverInput)
  observers?: PortalObserverInput[];
  @IsOptional()
  @IsMoment()
  scheduledFor?: string | null;
  /** Seconds. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PLAN)
  plannedSeconds?: number | null;
  /** Values of custom fields by their codes. */
  @CustomValues()
  customFields?: Record<string, unknown>;
}

export class CreatePortalTicket extends PortalFormValues {
  @ApiProperty({ example: 'Не печатает чековый принтер' })
  @Line(1, 300)
  subject: string;
}
