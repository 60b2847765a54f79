import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
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
import { AXES, type Axis, MAX_ITEMS, MAX_SUBJECTS } from './checklist-item';
import { ChecklistItemInput } from './checklist-items.dto';

export class ChecklistSubjectInput {
  /** A subject that is there already. */
  @Optional()
  @IsUUID()
  id?: string;
  /** A contact or an employee, or a service object. */
  @IsOptional()
  @IsUUID()
  refId?: string | null;
  /** Needed without `refId`. */
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name?: string;
}

export class CreateChecklist {
  /** The template to copy. */
  @Optional()
  @IsUUID()
  templateId?: string;

  /** Needed without a template. */
  @ApiProperty({ required: false, example: 'Обновление кассовых мест' })
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name?: string;

  @ApiProperty({ enum: AXES, required: false, nullable: true })
  @IsOptional()
  @IsIn(AXES)
  axis?: Axis | null;

  /** People or objects for each of which every item is ticked, at most 50. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_SUBJECTS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ChecklistSubjectInput)
  subjects?: ChecklistSubjectInput[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_ITEMS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ChecklistItemInput)
  items?: ChecklistItemInput[];
}

export class UpdateChecklist {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name?: string;

  /** All subjects as they should be. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_SUBJECTS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ChecklistSubjectInput)
  subjects?: ChecklistSubjectInput[];

  @ApiProperty({ enum: AXES, required: false, nullable: true })
  @IsOptional()
  @IsIn(AXES)
  axis?: Axis | null;

  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;

  /** Ticks of subjects that are left out are lost: say so. */
  @Optional()
  @IsBoolean()
  dropMarks?: boolean;
}
