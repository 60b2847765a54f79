import { createContext, Script } from 'node:vm';
import type { CustomField } from './custom-field.entity';

/** What the rules of a value need to know of its field. */
export type ValueField = Pick<CustomField, 'type' | 'options' | 'config'>;
export type StoredValue = string | number | boolean | string[];
/** The values of a row by the fields' codes, in their canonical form. */
export type StoredValues = Readonly<Record<string, StoredValue>>;

/** The canonical value (null: none), or why it is refused. */
export type ReadValue = { value: StoredValue | null } | { code: string; word?: string | number };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOMENT = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const LARGEST = 1e15;
const LINE_LENGTH = 500;
export const MOST_LENGTH = 10_000;
const MAX_CHOICES = 100;
/** Marks that turn the direction of text, and control characters but tab and line end. */
const INVISIBLE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|(?![\n\t])\p{Cc}/gu;

const no = (code: string, word?: string | number): ReadValue => ({ code: `fields.${code}`, word });

/** Reads a value as it came; `before` is what the row holds: an archived option that is there already may stay. */
export function readValue(field: ValueField, value: unknown, before?: StoredValue): ReadValue {
  if (field.type === 'formula') return no('formulaWritten');
  if (value === null || value === undefined) return { value: null };
  switch (field.type) {
    case 'text':
      return readText(field, value);
    case 'number':
      return readNumber(field, value);
    case 'money':
      return readMoney(field, value);
    case 'date':
      return readDate(field, value);
    case 'datetime':
      return readMoment(value);
    case 'checkbox':
      return typeof value === 'boolean' ? { value } : no('valueBoolean');
    case 'select':
      return readOption(field, value, typeof before === 'string' ? [before] : []);
    case 'multiselect':
      return readOptions(field, value, Array.isArray(before) ? before : []);
    case 'reference':
    case 'file':
      return typeof value === 'string' && UUID.test(value)
        ? { value: value.toLowerCase() }
        : no(field.type === 'file' ? 'valueFile' : 'valueReference');
  }
}

function readText({ config }: ValueField, value: unknown): ReadValue {
  if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) return no('valueText');
  const limit = config.maxLength ?? (config.isMultiline ? MOST_LENGTH : LINE_LENGTH);
  // Far too long a text is not even tidied up.
  if (value.length > 4 * MOST_LENGTH) return no('valueTooLong', limit);
  const lines = value.replace(/\r\n?/g, '\n');
  const text = (config.isMultiline ? lines : lines.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '))
    .replace(INVISIBLE, '')
    .trim();
  if (!text) return { value: null };
  if (text.length > limit) return no('valueTooLong', limit);
  return config.pattern !== undefined && !fitsPattern(config.pattern, text) ? no('valuePattern') : { value: text };
}

function readNumber({ config }: ValueField, value: unknown): ReadValue {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > LARGEST) return no('valueNumber');
  const { min, max, decimals } = config;
  if (decimals !== undefined && Number(value.toFixed(decimals)) !== value) return no('valueDecimals', decimals);
  if (typeof min === 'number' && value < min) return no('valueTooSmall', min);
  if (typeof max === 'number' && value > max) return no('valueTooLarge', max);
  return { value: value + 0 };
}

/** `1234.5` as `1234.50`; undefined if it is no amount. */
export function canonicalMoney(value: unknown): string | undefined {
  const found =
    typeof value === 'string' && value.length <= 40 ? /^(-?)0*(\d{1,13})(?:\.(\d{1,2}))?$/.exec(value) : null;
  if (!found) return undefined;
  const [, sign = '', whole = '', part = ''] = found;
  const amount = `${whole}.${part.padEnd(2, '0')}`;
  return /[1-9]/.test(amount) ? `${sign}${amount}` : amount;
}

/** Kopecks, exact: thirteen digits before the point stay below 2^53. */
const kopecks = (money: string): number => Number(money.replace('.', ''));

function readMoney({ config }: ValueField, value: unknown): ReadValue {
  const money = canonicalMoney(value);
  if (money === undefined) return no('valueMoney');
  const { min, max } = config;
  if (typeof min === 'string' && kopecks(money) < kopecks(min)) return no('valueTooSmall', min);
  if (typeof max === 'string' && kopecks(money) > kopecks(max)) return no('valueTooLarge', max);
  return { value: money };
}

export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(19|2\d|[3-8]\d)\d\d-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function readDate({ config }: ValueField, value: unknown): ReadValue {
  if (!isDay(value)) return no('valueDate');
  if (typeof config.min === 'string' && value < config.min) return no('valueTooSmall', config.min);
  if (typeof config.max === 'string' && value > config.max) return no('valueTooLarge', config.max);
  return { value };
}

function readMoment(value: unknown): ReadValue {
  if (typeof value !== 'string' || !MOMENT.test(value) || !isDay(value.slice(0, 10))) return no('valueMoment');
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? no('valueMoment') : { value: moment.toISOString() };
}

function readOption({ options }: ValueField, value: unknown, before: readonly string[]): ReadValue {
  const option = options.find((one) => one.value === value);
  if (!option) return no('valueOption');
  return option.isArchived && !before.includes(option.value)
    ? no('optionArchived', option.value)
    : { value: option.value };
}

function readOptions(field: ValueField, value: unknown, before: readonly string[]): ReadValue {
  if (!Array.isArray(value) || value.length > MAX_CHOICES) return no('valueList', MAX_CHOICES);
  for (const item of value as unknown[]) {
    const read = readOption(field, item, before);
    if ('code' in read) return read;
  }
  const chosen = field.options.map((option) => option.value).filter((option) => value.includes(option));
  return { value: chosen.length ? chosen : null };
}

/** A pattern is somebody's input: it runs by itself and is stopped when it takes too long. */
const PATTERN_MS = 50;
const room = createContext(Object.create(null) as { pattern?: string; text?: string });
const TEST = new Script(`new RegExp('^(?:' + pattern + ')$', 'u').test(text)`);

function fitsPattern(pattern: string, text: string): boolean {
  Object.assign(room, { pattern, text });
  try {
    return TEST.runInContext(room, { timeout: PATTERN_MS }) === true;
  } catch {
    return false;
  }
}

/** True when the pattern can be read; it is matched against the whole text. */
export function isPattern(pattern: string): boolean {
  try {
    new RegExp(`^(?:${pattern})$`, 'u');
    return true;
  } catch {
    return false;
  }
}
