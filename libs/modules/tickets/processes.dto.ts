import { Optional } from '@opora/platform/http';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import type { LocalText } from './process.entity';
import { Code, Line } from './ticket-text';

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
  /** New types take this process; the one before steps back. */
  @Optional()
  @IsIn([true])
  isDefault?: true;
}
