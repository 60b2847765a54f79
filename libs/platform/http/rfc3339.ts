import { registerDecorator } from 'class-validator';

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** True for an RFC 3339 date and time with an offset that names a real moment (no 31 February, no 24:00). */
export function isRfc3339(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const found = MOMENT.exec(value);
  if (!found || Number.isNaN(Date.parse(value))) return false;
  const [year, month, day] = found.slice(1, 4).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 9000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** An RFC 3339 date and time with an offset. */
export const IsMoment = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isRfc3339',
    target: target.constructor,
    propertyName,
    validator: { validate: isRfc3339 },
  });
