/** Comparing values as a person means it: texts without case, amounts by size, moments by instant. */

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,10})?$/;
const MONEY = /^-?\d{1,15}\.\d\d$/;

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Nothing was said: no value, a text of spaces, a list without members. */
export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (isList(value) && !value.length);

export const folded = (value: unknown): string =>
  (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')
    .trim()
    .toLowerCase();

const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : undefined;
};

const instantOf = (value: unknown): number | undefined => {
  const text = value instanceof Date ? value.toISOString() : value;
  if (typeof text !== 'string' || !MOMENT.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
};

/** Below, equal or above zero; undefined when the two cannot be put in order. */
export function orderOf(one: unknown, other: unknown): number | undefined {
  const numbers = [numberOf(one), numberOf(other)] as const;
  if (numbers[0] !== undefined && numbers[1] !== undefined) return numbers[0] - numbers[1];
  const instants = [instantOf(one), instantOf(other)] as const;
  if (instants[0] !== undefined && instants[1] !== undefined) return instants[0] - instants[1];
  return undefined;
}

/** Texts of digits are not numbers (`007` is not `7`), unless one side is a number or an amount of money. */
const isCounted = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && MONEY.test(value));

export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === 'boolean' || typeof other === 'boolean') return one === other;
  if (isBlank(one) || isBlank(other)) return false;
  if (folded(one) !== '' && folded(one) === folded(other)) return true;
  const hasInstants = instantOf(one) !== undefined && instantOf(other) !== undefined;
  return (hasInstants || isCounted(one) || isCounted(other)) && orderOf(one, other) === 0;
}
