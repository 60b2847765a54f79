import { Optional, Trimmed } from '@opora/platform/http';
import { STATUS_CATEGORIES } from '@opora/modules/tickets';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  ITEM_KINDS,
  type ItemFacts,
  type ItemKind,
  RESULT_KINDS,
  type ResultKind,
  type ResultLimits,
} from './checklist-item';

const STATUS_REF = new RegExp(`^(${STATUS_CATEGORIES.join('|')}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`);

export class ResultLimitsInput implements ResultLimits {
  /** The least number. */
  @ApiProperty({ required: false, type: Number })
  @Optional()
  @IsNumber()
  @Min(-1_000_000_000)
  @Max(1_000_000_000)
  min?: number;
  /** The greatest number. */
  @ApiProperty({ required: false, type: Number })
  @Optional()
  @IsNumber()
  @Min(-1_000_000_000)
  @Max(1_000_000_000)
  max?: number;
  /** Digits after the point of a number. */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(6)
  decimals?: number;
  /** Unit of a number, as it is shown: `°C`. */
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 20)
  unit?: string;
  /** What one may choose from. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  options?: string[];
  /** Fewest photos; 1 without it. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(20)
  minFiles?: number;
  /** The only right code of a scan. */
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 500)
  expected?: string;
  /** The item may be ticked without the result. */
  @Optional()
  @IsBoolean()
  isOptional?: boolean;
}

export class ChecklistItemInput {
  @ApiProperty({ enum: ITEM_KINDS, required: false })
  @Optional()
  @IsIn(ITEM_KINDS)
  kind?: ItemKind;

  @ApiProperty({ example: 'Проверить давление в контуре' })
  @Trimmed()
  @IsString()
  @Length(1, 500)
  title: string;

  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(2000)
  hint?: string;

  /** Left out, an item with statuses below is required. */
  @Optional()
  @IsBoolean()
  isRequired?: boolean;

  /** Statuses a ticket cannot enter before: categories (`done`) or ids. Without any of both lists a required item stands before `done` and `closed`. */
  @ApiProperty({ required: false, example: ['done'] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique()
  @Matches(STATUS_REF, { each: true })
  requiredTo?: string[];

  /** Statuses a ticket cannot leave before: categories or ids. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique()
  @Matches(STATUS_REF, { each: true })
  requiredFrom?: string[];

  /** Shown to the client on the portal. */
  @Optional()
  @IsBoolean()
  isClientVisible?: boolean;

  /** What is written with the tick. `code` is a scanned QR or bar code. */
  @ApiProperty({ enum: RESULT_KINDS, required: false })
  @Optional()
  @IsIn(RESULT_KINDS)
  resultKind?: ResultKind;

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ResultLimitsInput)
  resultLimits?: ResultLimitsInput;

  /** The employee who is to do it. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;

  /** How long it should take. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(360_000)
  plannedSeconds?: number | null;
}

export class CreateChecklistItem extends ChecklistItemInput {
  /** The item after which it stands; null puts it first, nothing puts it last. */
  @IsOptional()
  @IsUUID()
  afterId?: string | null;
}

export class UpdateChecklistItem extends PartialType(CreateChecklistItem) {}

/** The item in full: what was left out has its usual value. */
export const toItemFacts = (input: ChecklistItemInput): ItemFacts => {
  const kind = input.kind ?? 'item';
  const isItem = kind === 'item';
  const isNamed = !!input.requiredTo?.length || !!input.requiredFrom?.length;
  return {
    kind,
    title: input.title,
    hint: input.hint ?? '',
    isRequired: isItem && (input.isRequired ?? isNamed),
    requiredTo: isItem ? (input.requiredTo ?? []) : [],
    requiredFrom: isItem ? (input.requiredFrom ?? []) : [],
    isClientVisible: isItem && (input.isClientVisible ?? false),
    resultKind: isItem ? (input.resultKind ?? 'none') : 'none',
    resultLimits: isItem ? given(input.resultLimits) : {},
    assigneeId: isItem ? (input.assigneeId ?? null) : null,
    plannedSeconds: isItem ? (input.plannedSeconds ?? null) : null,
  };
};

const given = (limits: ResultLimits = {}): ResultLimits =>
  Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
