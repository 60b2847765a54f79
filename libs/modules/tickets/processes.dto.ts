import { IdParam, Optional } from '@opora/platform/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
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
import type { LocalText } from './process.entity';
import { STATUS_CATEGORIES, type StatusCategory } from './ticket-status';
import { Code, Line, TINTS } from './ticket-text';

/** A text in both languages. */
export class LocalTextInput implements LocalText {
  @Line(1, 100)
  ru: string;
  @Line(1, 100)
  en: string;
}

export class CreateProcess {
  /** Made up without it. */
  @Optional()
  @Code()
  code?: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
  /** The process whose statuses and transitions are copied; the default one without it. */
  @IsOptional()
  @IsUUID()
  copyOf?: string;
  /** Makes a variant of this process instead: it has all of it until it hides or adds something. */
  @IsOptional()
  @IsUUID()
  baseId?: string;
}

export class UpdateProcess {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput;
  /** The status a ticket begins with. */
  @Optional()
  @IsUUID()
  initialStatusId?: string;
  /** New types take this process; the one before steps back. */
  @Optional()
  @IsIn([true])
  isDefault?: true;
}

export class CreateStatus {
  @Code()
  code: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
  /** What the client reads; the name without it. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  clientName?: LocalTextInput;
  @IsIn(TINTS)
  color: string;
  @IsIn(STATUS_CATEGORIES)
  category: StatusCategory;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
  /** The ticket counts as finished. */
  @Optional()
  @IsBoolean()
  isFinal?: boolean;
}

export class UpdateStatus {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput;
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  clientName?: LocalTextInput;
  @Optional()
  @IsIn(TINTS)
  color?: string;
  @Optional()
  @IsIn(STATUS_CATEGORIES)
  category?: StatusCategory;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
  @Optional()
  @IsBoolean()
  isFinal?: boolean;
}

export class TransitionFields {
  /** The button's text; null shows the status's name. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput | null;
  /** Only for these types; null means all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  typeIds?: string[] | null;
  /** Only for these roles, by preset code or id; null means all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  roleCodes?: string[] | null;
  @Optional()
  @IsBoolean()
  requiresComment?: boolean;
  /** The client may use it on the portal. */
  @Optional()
  @IsBoolean()
  availableForClient?: boolean;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
}

export class CreateTransition extends TransitionFields {
  @IsUUID()
  fromId: string;
  @IsUUID()
  toId: string;
}

export class UpdateTransition extends TransitionFields {}

export class PartOfProcessParam extends IdParam {
  @IsUUID()
  partId: string;
}
