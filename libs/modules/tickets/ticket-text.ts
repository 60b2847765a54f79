import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsObject, IsString, Length, Matches, registerDecorator } from 'class-validator';

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Marks that turn the direction of text: they only serve to make one name look like another. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export const toOneLine = (text: string): string => text.replace(TURNING, '').replace(CONTROL, ' ').trim();

/** One line of plain text: trimmed, no control or direction marks. U+0000 is left for the validation to refuse. */
export const Line = (min: number, max: number): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && !value.includes('\0') ? toOneLine(value) : value,
    ),
    IsString(),
    Length(min, max),
  );

/** A stable code made by people: letters of the Latin alphabet, digits, underscore. */
export const Code = (): PropertyDecorator => applyDecorators(IsString(), Length(1, 50), Matches(/^[a-z][a-z0-9_]*$/));

/** The tint of a status or a priority: a name of the palette both screens have. */
export const TINTS = [
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
] as const;

/** Ids of the same thing in other systems: at most 20 short texts by short names. */
export const ExternalIds = (): PropertyDecorator =>
  applyDecorators(IsObject(), (target: object, propertyKey: string | symbol) =>
    registerDecorator({
      name: 'externalIds',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Object.entries(value).length <= 20 &&
          Object.entries(value).every(
            ([key, id]) => /^[\w.:-]{1,50}$/.test(key) && typeof id === 'string' && id.length > 0 && id.length <= 200,
          ),
      },
    }),
  );
