/** Custom fields in the filter grammar: what each type takes, its SQL over the alias `t`, and its order. */
import type { CustomField } from '@opora/modules/fields';
import type { FilterValue, KeyTerm, Operator } from './ticket-filter';
import { codeOf } from './ticket-filter-keys';
import { isMoment, isShift, spanOf } from './ticket-filter-moment';
import { type FilterScope, momentCondition, type SortSql } from './ticket-filter-sql';

/** The kinds of rows a reference field leads to. */
export type FilterReference = 'company' | 'contact' | 'object' | 'employee' | 'ticket';

/** What a filter needs to know of a custom field; a formula counts as the type of its result. */
export type FilterField = {
  code: string;
  type:
    'text' | 'number' | 'money' | 'date' | 'datetime' | 'checkbox' | 'select' | 'multiselect' | 'reference' | 'file';
  /** Its values may be left by another formula, of another type. */
  isComputed: boolean;
  reference?: FilterReference;
  options: readonly { value: string; names: readonly string[] }[];
};
export type FilterFields = ReadonlyMap<string, FilterField>;

/** A custom field as filters see it: archived ones too, for tickets keep their values. */
export const toFilterField = ({ code, type, config, options }: FilteredField): FilterField => ({
  code,
  type: type === 'formula' ? RESULTS[config.result ?? 'text'] : type,
  isComputed: type === 'formula',
  reference: config.reference,
  options: options.map(({ value, label }) => ({ value, names: Object.values(label) })),
});
type FilteredField = Pick<CustomField, 'code' | 'type' | 'config' | 'options'>;
const RESULTS = { number: 'number', text: 'text', boolean: 'checkbox', date: 'date' } as const;

const ORDERED: readonly FilterField['type'][] = ['number', 'money', 'date', 'datetime'];
const NUMBER = /^-?\d{1,15}([.,]\d{1,10})?$/;
const YES = ['true', 'yes', 'да'];
const NO = ['false', 'no', 'нет'];

const partsOf = (text: string): string[] => text.split('..');
const numberOf = (text: string): string => text.replace(',', '.');
const optionsOf = ({ options }: FilterField, text: string): string[] =>
  options
    .filter(({ value, names }) => [value, ...names].some((name) => name.toLowerCase() === text.toLowerCase()))
    .map(({ value }) => value);

/** What the field takes instead of this value; undefined when it takes it. */
export function expectedOfCustom(
  field: FilterField,
  operator: Operator,
  { text, isWord }: FilterValue,
): string[] | undefined {
  if (isWord) return operator === '=' ? undefined : ['<value>'];
  if (operator === '~') return field.type === 'text' ? undefined : ['='];
  if (operator !== '=' && !ORDERED.includes(field.type)) return ['='];
  const parts = operator === '=' && ORDERED.includes(field.type) ? partsOf(text) : [text];
  const every = (fits: (part: string) => boolean): boolean => parts.length <= 2 && parts.every(fits);
  switch (field.type) {
    case 'number':
    case 'money':
      return every((part) => NUMBER.test(part)) ? undefined : ['none', '<number>'];
    case 'date':
    case 'datetime':
      return every(isMoment) ? undefined : ['none', '<date>'];
    case 'checkbox':
      return [...YES, ...NO].includes(text.toLowerCase()) ? undefined : ['none', 'true', 'false'];
    case 'select':
    case 'multiselect':
      return optionsOf(field, text).length ? undefined : ['none', ...field.options.map(({ value }) => value)];
    case 'file':
      return ['none'];
    case 'reference':
      return field.reference !== 'ticket' || /^(\d{1,9}|[0-9a-f-]{36})$/i.test(text) ? undefined : ['none', '<number>'];
    default:
      return undefined;
  }
}

/** The value as its type compares. Of a computed field only what is of the type: anything else is no match and no error. */
export function valueOf({ code, type, isComputed }: FilterField): string {
  const text = textOf(code);
  const guarded = (isOfType: string, value: string): string =>
    isComputed ? `(CASE WHEN ${isOfType} THEN ${value} END)` : value;
  switch (type) {
    case 'number':
    case 'money':
      return guarded(`jsonb_typeof(t."customFields"->'${code}') = 'number'`, `${text}::numeric`);
    case 'date':
    case 'datetime':
      return guarded(`${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*Z)?$'`, `${text}::timestamptz`);
    default:
      return text;
  }
}

/** Codes are made of Latin letters, digits and underscores: they may stand in the text of a query. */
const textOf = (code: string): string => `(t."customFields"->>'${code}')`;
export const hasCustom = (code: string): string => `t."customFields" ? '${code}'`;

/** Word for word the condition of the index of custom fields, and the containment it serves. */
const contains = (part: object, { params }: FilterScope): string =>
  `(t."customFields" <> '{}'::jsonb AND t."customFields" @> ${params.add(JSON.stringify(part))}::jsonb)`;
const anyOf = (conditions: string[]): string =>
  conditions.length === 1 ? conditions[0]! : conditions.length ? `(${conditions.join(' OR ')})` : 'false';

/** The condition of one value of a term over a custom field. What no field bears any more finds nothing. */
export function customCondition({ key, operator }: KeyTerm, value: FilterValue, scope: FilterScope): string {
  const field = scope.names.custom.get(codeOf(key));
  if (!field || expectedOfCustom(field, operator, value)) return 'false';
  const { code, type } = field;
  const { text } = value;
  if (value.isWord) return `NOT (${hasCustom(code)})`;
  if (operator === '~')
    return `${textOf(code)} ILIKE ${scope.params.add(`%${text.replace(/[\\%_]/g, '\\$&')}%`)}::text`;
  switch (type) {
    case 'number':
    case 'money':
      return numberCondition(field, operator, text, scope);
    case 'date':
      return dayCondition(`${textOf(code)} COLLATE "C"`, operator, text, scope);
    case 'datetime':
      return `(${momentCondition(valueOf(field), operator, value, scope)})`;
    case 'checkbox':
      return contains({ [code]: YES.includes(text.toLowerCase()) }, scope);
    case 'select':
      return anyOf(optionsOf(field, text).map((option) => contains({ [code]: option }, scope)));
    case 'multiselect':
      return anyOf(optionsOf(field, text).map((option) => contains({ [code]: [option] }, scope)));
    case 'reference':
      return anyOf(referred(field, text, scope).map((id) => contains({ [code]: id }, scope)));
    default:
      return contains({ [code]: text }, scope);
  }
}

function numberCondition(field: FilterField, operator: Operator, text: string, scope: FilterScope): string {
  const { code, type } = field;
  const [from = '', to] = partsOf(text).map(numberOf);
  const column = valueOf(field);
  const bound = (number: string): string => `${scope.params.add(number)}::numeric`;
  if (to !== undefined) return `${column} BETWEEN ${bound(from)} AND ${bound(to)}`;
  if (operator !== '=') return `${column} ${operator} ${bound(from)}`;
  // The number as it was typed: JSON of PostgreSQL is exact beyond what a double can tell.
  const stored = type === 'money' ? Number(from).toFixed(2) : Number(from);
  return contains({ [code]: stored }, scope);
}

/** Days are compared as texts: their order is the same. */
function dayCondition(column: string, operator: Operator, text: string, scope: FilterScope): string {
  const day = (part: string): string => dayOf(spanOf(part, scope.now, scope.names.timeZone).from, scope.names.timeZone);
  const [from = '', to] = partsOf(text);
  const between = (first: string, last: string): string =>
    `${column} BETWEEN ${scope.params.add(first)}::text AND ${scope.params.add(last)}::text`;
  if (to !== undefined) return between(day(from), day(to));
  if (operator === '=' && isShift(from)) {
    const [first, last] = [day(from), dayOf(scope.now, scope.names.timeZone)].sort() as [string, string];
    return between(first, last);
  }
  return `${column} ${operator} ${scope.params.add(day(from))}::text`;
}

const dayOf = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function referred({ reference }: FilterField, text: string, { names }: FilterScope): string[] {
  if (UUID.test(text)) return [text.toLowerCase()];
  return (names.rows.get(`${reference}:${text.toLowerCase()}`) ?? []).map(({ id }) => id);
}

/** Tables whose names a list orders by. */
const TABLES: Record<FilterReference, string> = {
  company: 'company',
  contact: 'contact',
  object: 'service_object',
  employee: 'employee',
  ticket: 'ticket',
};

/** The order by a custom field; tickets without a value come last in either order. */
export function customSort(field: FilterField, isDescending: boolean): SortSql {
  const { code, type } = field;
  const last = isDescending ? '-infinity' : 'infinity';
  const text = textOf(code);
  switch (type) {
    case 'number':
    case 'money':
      return { key: `COALESCE(${valueOf(field)}, '${last}'::numeric)`, type: 'numeric', join: '' };
    case 'date':
    case 'datetime':
      return { key: `COALESCE(${valueOf(field)}, '${last}'::timestamptz)`, type: 'timestamptz', join: '' };
    case 'select': {
      const places = field.options.map(({ value }) => `'${value.replaceAll("'", "''")}'`).join(', ');
      const none = isDescending ? 0 : 1_000_000;
      return { key: `COALESCE(array_position(ARRAY[${places}]::text[], ${text}), ${none})`, type: 'bigint', join: '' };
    }
    case 'reference': {
      const name = field.reference === 'ticket' ? 'lpad(sr.number::text, 12)' : 'lower(sr.name)';
      const join = `LEFT JOIN ${TABLES[field.reference!]} sr ON sr.id = ${text}::uuid`;
      return { key: lastOf(name, isDescending), type: 'text', join };
    }
    default:
      return { key: lastOf(`lower(left(${text}, 200))`, isDescending), type: 'text', join: '' };
  }
}

const lastOf = (text: string, isDescending: boolean): string => `COALESCE('1' || ${text}, '${isDescending ? 0 : 2}')`;
