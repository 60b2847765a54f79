/** Conditions over the fields of a ticket as SQL over the alias `t`: for lists, where asking ticket by ticket would not do. Pure. */
import type { Clause, Condition } from '@opora/modules/fields';
import type { SqlParams } from '@opora/platform/db';
import { type FilterField, valueOf } from './ticket-filter-custom';

/** How a field's values compare, and the SQL of its value; a list's is text[]. */
export type FieldSql = { kind: 'text' | 'number' | 'moment' | 'boolean' | 'list'; value: string };
export type FieldsSql = (name: string) => FieldSql;

const BUILT_IN: Record<string, FieldSql> = {
  ...Object.fromEntries(
    ['typeId', 'priorityId', 'statusId', 'companyId', 'contactId', 'objectId', 'teamId', 'assigneeId', 'parentId'].map(
      (name) => [name, { kind: 'text', value: `t."${name}"::text` } as const],
    ),
  ),
  statusCategory: { kind: 'text', value: 't."statusCategory"' },
  source: { kind: 'text', value: 't.source' },
  channel: { kind: 'text', value: `(CASE t.source WHEN 'email' THEN 'mail' END)` },
  impact: { kind: 'text', value: 't.impact' },
  urgency: { kind: 'text', value: 't.urgency' },
  subject: { kind: 'text', value: 't.subject' },
  description: { kind: 'text', value: 't."descriptionText"' },
  typeCode: { kind: 'text', value: '(SELECT code FROM ticket_type WHERE id = t."typeId")' },
  priorityCode: { kind: 'text', value: '(SELECT code FROM priority WHERE id = t."priorityId")' },
  companyCategoryIds: {
    kind: 'list',
    value: 'ARRAY(SELECT "categoryId"::text FROM company_category_link WHERE "companyId" = t."companyId")',
  },
  objectPathIds: {
    kind: 'list',
    value: `COALESCE((SELECT path::text[] FROM service_object WHERE id = t."objectId"), '{}')`,
  },
  teamLine: { kind: 'number', value: '(SELECT line FROM team WHERE id = t."teamId")' },
  hasFiles: { kind: 'boolean', value: '(t."fileCount" > 0)' },
  plannedSeconds: { kind: 'number', value: 't."plannedSeconds"' },
  deadlineAt: { kind: 'moment', value: 't."deadlineAt"' },
  scheduledFor: { kind: 'moment', value: 't."scheduledFor"' },
};

/** What nothing is known of. */
const NOTHING: FieldSql = { kind: 'text', value: 'NULL::text' };

/** The value of a custom field. */
export function customSql(field: FilterField): FieldSql {
  const value = valueOf(field);
  switch (field.type) {
    case 'number':
    case 'money':
      return { kind: 'number', value };
    case 'date':
    case 'datetime':
      return { kind: 'moment', value };
    case 'checkbox':
      return { kind: 'boolean', value: `(CASE ${value} WHEN 'true' THEN true WHEN 'false' THEN false END)` };
    case 'multiselect':
      return {
        kind: 'list',
        value: `ARRAY(SELECT jsonb_array_elements_text(COALESCE(t."customFields"->'${field.code}', '[]')))`,
      };
    default:
      return { kind: 'text', value };
  }
}

/** The fields of tickets with these custom ones and those that modules above add. */
export function fieldsSql(
  custom: readonly FilterField[],
  ofModules: Readonly<Record<string, FieldSql>> = {},
): FieldsSql {
  const added = new Map([
    ...Object.entries(ofModules),
    ...custom.map((field) => [`cf.${field.code}`, customSql(field)] as const),
  ]);
  return (name) => (Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name]! : (added.get(name) ?? NOTHING));
}

const ARRAYS = { text: 'text[]', list: 'text[]', number: 'numeric[]', moment: 'timestamptz[]', boolean: 'boolean[]' };

/** True for a field without a value; a text of spaces has none. */
export function emptySql({ kind, value }: FieldSql): string {
  if (kind === 'list') return `cardinality(${value}) = 0`;
  return kind === 'text' ? `COALESCE(btrim(${value}), '') = ''` : `${value} IS NULL`;
}

/** True when the value, or one of a list, is among these. */
export function amongSql({ kind, value }: FieldSql, values: readonly unknown[], params: SqlParams): string {
  const given = params.add(values.map((one) => (kind === 'text' ? String(one).trim().toLowerCase() : String(one))));
  const list = `${given}::${ARRAYS[kind]}`;
  if (kind === 'list') return `${value} && ${list}`;
  return `COALESCE(${kind === 'text' ? `lower(btrim(${value}))` : value} = ANY(${list}), false)`;
}

/** True when the value, or every one of a list, is among these. */
export const allAmongSql = (field: FieldSql, values: readonly unknown[], params: SqlParams): string =>
  field.kind === 'list'
    ? `${field.value} <@ ${params.add(values.map(String))}::text[]`
    : amongSql(field, values, params);

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function clauseSql({ op, value }: Clause, field: FieldSql, params: SqlParams): string {
  switch (op) {
    case 'empty':
      return emptySql(field);
    case 'not_empty':
      return `NOT (${emptySql(field)})`;
    case 'is':
    case 'in':
      return amongSql(field, listed(value), params);
    case 'is_not':
    case 'not_in':
      return `NOT (${amongSql(field, listed(value), params)})`;
    case 'contains':
    case 'starts_with': {
      const found = `position(${params.add(String(value).trim().toLowerCase())}::text IN lower(btrim(${field.value})))`;
      return `COALESCE(${found} ${op === 'contains' ? '> 0' : '= 1'}, false)`;
    }
    default: {
      const type = field.kind === 'moment' ? 'timestamptz' : 'numeric';
      return `COALESCE(${field.value} ${SIGNS[op]} ${params.add(String(value))}::${type}, false)`;
    }
  }
}

/** A condition that answers what `matches` answers of the ticket's facts. Never NULL. */
export function conditionSql(condition: Condition, fields: FieldsSql, params: SqlParams): string {
  if ('all' in condition) return join(condition.all, ' AND ', 'true', fields, params);
  if ('any' in condition) return join(condition.any, ' OR ', 'false', fields, params);
  if ('not' in condition) return `NOT (${conditionSql(condition.not, fields, params)})`;
  return clauseSql(condition, fields(condition.field), params);
}

const join = (parts: readonly Condition[], by: string, none: string, fields: FieldsSql, params: SqlParams): string =>
  parts.length ? `(${parts.map((part) => conditionSql(part, fields, params)).join(by)})` : none;
