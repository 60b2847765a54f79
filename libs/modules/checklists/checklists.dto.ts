import { Optional, Trimmed } from '@opora/platform/http';
import { PERSON_KINDS, type PersonKind } from './checklist-people';
import { ApiProperty } from '@nestjs/swagger';
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
  MaxLength,
  Min,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  AXES,
  type Axis,
  ITEM_KINDS,
  type ItemKind,
  MARK_STATES,
  type MarkState,
  MAX_FILES,
  MAX_ITEMS,
  MAX_SUBJECTS,
  RESULT_KINDS,
  type ResultKind,
} from './checklist-item';
import { ChecklistItemInput, ResultLimitsInput } from './checklist-items.dto';
import { ChecklistNameRef } from './checklist-templates.dto';

/** A text or a number; which one is right depends on the item. */
const IsResult = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isResult',
    target: target.constructor,
    propertyName,
    validator: {
      validate: (value: unknown) => (typeof value === 'string' ? value.length <= 2000 : typeof value === 'number'),
    },
  });
const RESULT = { required: false, nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }] };

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

export class MarkItem {
  /** The person or object of a matrix. */
  @IsOptional()
  @IsUUID()
  subjectId?: string | null;

  @ApiProperty({ enum: MARK_STATES })
  @IsIn(MARK_STATES)
  state: MarkState;

  @ApiProperty(RESULT)
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsResult()
  result?: string | number | null;

  /** Photos, or the picture of a signature: uploads, and those the mark already has. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  fileIds?: string[];

  /** Why it does not apply. */
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(1000)
  reason?: string;
}

export class MarkOfMany {
  @IsUUID()
  itemId: string;

  @IsOptional()
  @IsUUID()
  subjectId?: string | null;

  /** Null takes the tick away. */
  @ApiProperty({ enum: MARK_STATES, nullable: true })
  @ValidateIf((_, value) => value !== null)
  @IsIn(MARK_STATES)
  state: MarkState | null;

  @ApiProperty(RESULT)
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsResult()
  result?: string | number | null;

  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  fileIds?: string[];

  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(1000)
  reason?: string;
}

export class MarkMany {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MarkOfMany)
  marks: MarkOfMany[];
}

export class UnmarkQuery {
  @IsOptional()
  @IsUUID()
  subjectId?: string;
}

export class ChecklistSubjectView {
  id: string;
  @ApiProperty({ enum: ['contact', 'employee', 'object', 'named'] })
  kind: 'contact' | 'employee' | 'object' | 'named';
  refId: string | null;
  name: string;
}

export class ChecklistItemView {
  id: string;
  @ApiProperty({ enum: ITEM_KINDS })
  kind: ItemKind;
  title: string;
  hint: string;
  isRequired: boolean;
  requiredTo: string[];
  requiredFrom: string[];
  isClientVisible: boolean;
  @ApiProperty({ enum: RESULT_KINDS })
  resultKind: ResultKind;
  resultLimits: ResultLimitsInput;
  assignee: ChecklistNameRef | null;
  plannedSeconds: number | null;
  version: number;
}

export class ChecklistFileView {
  id: string;
  name: string;
  mime: string;
  size: number;
  /** Lives five minutes. */
  url: string;
}

export class ChecklistPersonRef {
  @ApiProperty({ enum: PERSON_KINDS })
  kind: PersonKind;
  id: string | null;
  name: string;
}

export class ChecklistMarkView {
  itemId: string;
  subjectId: string | null;
  @ApiProperty({ enum: MARK_STATES })
  state: MarkState;
  @ApiProperty({ nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }] })
  result: string | number | null;
  files: ChecklistFileView[];
  reason: string;
  by: ChecklistPersonRef;
  at: string;
}

/** How many cells are ticked, and how many of the required ones. */
export class ChecklistProgressView {
  done: number;
  total: number;
  requiredDone: number;
  required: number;
}

/** What a request has ticked; cells that were cleared are not among the marks. */
export class ChecklistMarksView {
  checklistId: string;
  marks: ChecklistMarkView[];
  progress: ChecklistProgressView;
}

export class ChecklistView {
  id: string;
  ticketId: string;
  templateId: string | null;
  name: string;
  @ApiProperty({ enum: AXES, nullable: true })
  axis: Axis | null;
  subjects: ChecklistSubjectView[];
  items: ChecklistItemView[];
  marks: ChecklistMarkView[];
  progress: ChecklistProgressView;
  isAutomatic: boolean;
  version: number;
  createdAt: string;
}

export class PortalChecklistItemView {
  id: string;
  @ApiProperty({ enum: ITEM_KINDS })
  kind: ItemKind;
  title: string;
}

export class PortalChecklistMarkView {
  itemId: string;
  subjectId: string | null;
  @ApiProperty({ enum: MARK_STATES })
  state: MarkState;
  @ApiProperty({ nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }] })
  result: string | number | null;
  files: ChecklistFileView[];
  at: string;
}

/** What a client sees of a checklist. */
export class PortalChecklistView {
  id: string;
  name: string;
  subjects: ChecklistNameRef[];
  items: PortalChecklistItemView[];
  marks: PortalChecklistMarkView[];
  done: number;
  total: number;
}
