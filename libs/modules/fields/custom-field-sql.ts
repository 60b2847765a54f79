import type { SqlParams } from '@opora/platform/db';
import { canonicalMoney, isDay, readValue } from './custom-field-values';
import type { CustomField } from './custom-field.entity';

type Asked = Pick<CustomField, 'code' | 'type' | 'options' | 'config'>;

const COMPARISON = /^(>=|<=|>|<|=)?([\s\S]*)$/;
const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  да: true,
  false: false,
  no: false,
  нет: false,
};
const MAX_LIST = 100;

/**
 * SQL condition over a jsonb column of values: `none`, `any`, a value, several by comma for choices and references, `>=10` for what has an
 * order, part of a text or `=` the whole of it. Undefined when the field does not understand it. `zone` gives SQL of the time zone whose
 * days are meant.
 */
export function customFieldCondition(
  params: SqlParams,
  column: string,
  field: Asked,
  asked: string,
  zone: () => string = () => `'UTC'`,
): string | undefined {
  const code = params.add(field.code);
  const text = `${column}->>${code}::text`;
  if (asked === 'any') return `${column} ? ${code}::text`;
  if (asked === 'none') return `NOT ${column} ? ${code}::text`;
  const [, operator = '', value = ''] = COMPARISON.exec(asked)!;
  const type = field.type === 'formula' ? (field.config.result ?? 'text') : field.type;
  const has = (one: unknown) =>
    `${column} @> jsonb_build_object(${code}::text, ${params.add(JSON.stringify(one))}::jsonb)`;
  switch (type) {
    case 'text':
      return operator && operator !== '=' ? undefined : textCondition(params, text, operator, value);
    case 'number':
    case 'money':
      return numberCondition(params, `${column}->${code}::text`, text, type, operator, value);
    case 'date':
      return dayCondition(params, text, operator, value);
    case 'datetime':
      return isDay(value)
        ? `((${text})::timestamptz AT TIME ZONE ${zone()})::date ${operator || '='} ${params.add(value)}::date`
        : dayCondition(params, text, operator, value);
    case 'checkbox':
    case 'boolean':
      return Object.hasOwn(FLAGS, value.toLowerCase()) ? has(FLAGS[value.toLowerCase()]) : undefined;
    case 'file':
      return undefined;
    default:
      return oneOf(field, value, (one) => has(field.type === 'multiselect' ? [one] : one));
  }
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function textCondition(params: SqlParams, text: string, operator: string, value: string): string | undefined {
  const wanted = value.trim().toLowerCase();
  if (!wanted) return undefined;
  if (operator) return `lower(${text}) = ${params.add(wanted)}::text`;
  return `lower(${text}) LIKE ${params.add(`%${escaped(wanted)}%`)}::text`;
}

/** What is not a number in the row, left by another formula, is no match and no error. */
function numberCondition(
  params: SqlParams,
  json: string,
  text: string,
  type: 'number' | 'money',
  operator: string,
  value: string,
): string | undefined {
  if (canonicalMoney(value) === undefined && !/^-?\d{1,15}(\.\d{1,10})?$/.test(value)) return undefined;
  const isReadable = type === 'money' ? `${text} ~ '^-?[0-9]+[.][0-9]{2}$'` : `jsonb_typeof(${json}) = 'number'`;
  return `CASE WHEN ${isReadable} THEN (${text})::numeric ${operator || '='} ${params.add(value)}::numeric ELSE false END`;
}

/** Days and moments are kept in forms whose letters sort as they do. A day means the whole of it. */
function dayCondition(params: SqlParams, text: string, operator: string, value: string): string | undefined {
  const read = readValue({ type: 'datetime', options: [], config: {} }, value);
  const moment = 'value' in read && typeof read.value === 'string' ? read.value : undefined;
  if (!moment && !isDay(value)) return undefined;
  const part = moment ? text : `left(${text}, 10)`;
  return `${part} COLLATE "C" ${operator || '='} ${params.add(moment ?? value)}::text`;
}

function oneOf(field: Asked, value: string, has: (one: string) => string): string | undefined {
  const values = value.split(',').slice(0, MAX_LIST);
  const isKnown = (one: string) =>
    field.type === 'reference'
      ? 'value' in readValue(field, one)
      : field.options.some((option) => option.value === one);
  if (!values.every(isKnown)) return undefined;
  return `(${values.map((one) => has(field.type === 'reference' ? one.toLowerCase() : one)).join(' OR ')})`;
}
