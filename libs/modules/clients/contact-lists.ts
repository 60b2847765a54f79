import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, isEmail, isFQDN, MaxLength, registerDecorator } from 'class-validator';
import { isPhone } from './phone';
import { toOneLine } from './plain-text';

const MAX_ADDRESSES = 20;

const eachText = (change: (text: string) => string) =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value)
      ? value.map((item: unknown) => (typeof item === 'string' && !item.includes('\0') ? change(item) : item))
      : value,
  );

const Each =
  (name: string, validate: (value: unknown) => boolean): PropertyDecorator =>
  (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      validator: { validate: (value: unknown) => Array.isArray(value) && value.every(validate) },
    });

/** A list of mail addresses in lower case, each once. */
export const AreEmails = (): PropertyDecorator =>
  applyDecorators(
    eachText((text) => toOneLine(text).toLowerCase()),
    IsArray(),
    ArrayMaxSize(MAX_ADDRESSES),
    ArrayUnique(),
    MaxLength(254, { each: true }),
    Each('isEmail', (value) => isEmail(value)),
  );

/** A list of phones, each once. */
export const ArePhones = (): PropertyDecorator =>
  applyDecorators(eachText(toOneLine), IsArray(), ArrayMaxSize(MAX_ADDRESSES), ArrayUnique(), Each('isPhone', isPhone));

/** A list of domains in lower case, each once. */
export const AreDomains = (): PropertyDecorator =>
  applyDecorators(
    eachText((text) => toOneLine(text).toLowerCase()),
    IsArray(),
    ArrayMaxSize(50),
    ArrayUnique(),
    Each('isFqdn', (value) => typeof value === 'string' && value.length <= 253 && isFQDN(value)),
  );
