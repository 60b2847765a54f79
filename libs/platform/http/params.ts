import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsUUID, Matches, ValidateIf } from 'class-validator';

export class IdParam {
  @IsUUID()
  id: string;
}

/** A ticket's id or its human number. */
export class IdOrNumberParam {
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  id: string;
}

/** Spaces around a text are not part of it. */
export const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** The field may be left out, but if it is there it must be valid; `null` is refused (unlike @IsOptional). */
export const Optional = () => applyDecorators(ValidateIf((_, value) => value !== undefined));

/** A query flag: true, false, 1, 0. Anything else stays as it is and is refused by @IsBoolean. */
export const Flag = () =>
  Transform(({ value }: { value: unknown }) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  );

/** A query list: `a,b` or repeated parameters. */
export const List = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value));
