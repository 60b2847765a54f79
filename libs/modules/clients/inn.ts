import { registerDecorator } from 'class-validator';

const WEIGHTS = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

const checkDigit = (digits: readonly number[]): number => {
  const weights = WEIGHTS.slice(WEIGHTS.length - digits.length);
  return (digits.reduce((sum, digit, index) => sum + digit * weights[index]!, 0) % 11) % 10;
};

/** True for a Russian tax number: 10 digits of a company or 12 of a person, with right check digits. */
export function isInn(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(\d{10}|\d{12})$/.test(value) || /^0+$/.test(value)) return false;
  const digits = [...value].map(Number);
  const checked = digits.length === 10 ? [9] : [10, 11];
  return checked.every((place) => checkDigit(digits.slice(0, place)) === digits[place]);
}

/** A company's tax number from its first nine digits. */
export const withCheckDigit = (nineDigits: string): string => `${nineDigits}${checkDigit([...nineDigits].map(Number))}`;

export const IsInn = () => (target: object, propertyName: string) =>
  registerDecorator({ name: 'isInn', target: target.constructor, propertyName, validator: { validate: isInn } });
