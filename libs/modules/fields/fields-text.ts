import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsObject, IsString, Length, ValidateNested } from 'class-validator';
import type { LocalText } from './custom-field.entity';

const UNSEEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** One line of plain text: trimmed, no control or direction marks. U+0000 is left for the validation to refuse. */
export const OneLine = (min: number, max: number) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && !value.includes('\0')
        ? value
            .replace(UNSEEN, '')
            .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
            .trim()
        : value,
    ),
    IsString(),
    Length(min, max),
  );

/** A short name in both languages. */
export class FieldNameInput implements LocalText {
  @OneLine(1, 100)
  ru: string;
  @OneLine(1, 100)
  en: string;
}

/** A sentence in both languages. */
export class FieldHintInput implements LocalText {
  @OneLine(1, 500)
  ru: string;
  @OneLine(1, 500)
  en: string;
}

/** An object that is checked by its own class. */
export const Nested = (of: new () => object) =>
  applyDecorators(
    IsObject(),
    ValidateNested(),
    Type(() => of),
  );
