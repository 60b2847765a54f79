import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MARK_STATES, type MarkState, MAX_FILES } from './checklist-item';

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
