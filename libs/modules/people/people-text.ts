import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, Length, Matches, MaxLength } from 'class-validator';

/** No control characters, no marks that turn the direction of text: a name is shown in lists and mails. */
const ONE_LINE = /^[^\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]*$/u;

const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
const lowered = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim().toLowerCase() : value,
);

/** One line of plain text. */
export const Line = (min: number, max: number): PropertyDecorator =>
  applyDecorators(trimmed, IsString(), Length(min, max), Matches(ONE_LINE));

/** An e-mail address, kept in lower case. */
export const EmailAddress = (): PropertyDecorator => applyDecorators(lowered, IsString(), MaxLength(254), IsEmail());

/** What somebody types as a login; any text, so that the answer does not tell how logins look. */
export const Login = (): PropertyDecorator => applyDecorators(lowered, IsString(), Length(1, 254));

/** A phone number as people write it. */
export const Phone = (): PropertyDecorator => applyDecorators(trimmed, IsString(), Matches(/^\+?[\d\s()./-]{3,30}$/));

/** A password is taken as it is: not trimmed, not changed. */
export const Password = (min: number, max: number): PropertyDecorator => applyDecorators(IsString(), Length(min, max));
