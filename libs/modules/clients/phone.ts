import { registerDecorator } from 'class-validator';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A phone as dialled from Russia in E.164: `8 (495) 123-45-67` is `+74951234567`; undefined if it is no phone. */
export function toE164(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text, 'RU');
  return phone?.isPossible() ? phone.number : undefined;
}

/** The digits one would search a phone by: without the country's code, so that 8 and +7 meet; undefined if the text is no phone. */
export function phoneDigits(text: string): string | undefined {
  const looksLikePhone = /^[\d\s()+.-]+$/.test(text) && text.replace(/\D/g, '').length >= 10;
  const phone = looksLikePhone ? parsePhoneNumberFromString(text, 'RU') : undefined;
  return phone?.isPossible() ? phone.nationalNumber : undefined;
}

export const isPhone = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 64 && toE164(value) !== undefined;

export const IsPhone = () => (target: object, propertyName: string) =>
  registerDecorator({ name: 'isPhone', target: target.constructor, propertyName, validator: { validate: isPhone } });
