import type { FieldProblem } from '@opora/platform/errors';
import { folded, isBlank, isList, isSame, orderOf } from './condition-values';

export const OPERATORS = [
  'is',
  'is_not',
  'in',
  'not_in',
  'empty',
  'not_empty',
  'gt',
  'gte',
  'lt',
  'lte',
  'contains',
  'starts_with',
] as const;
/** What a clause asks of a field. */
export type Op = (typeof OPERATORS)[number];

/** One question about one field. */
export type Clause = { field: string; op: Op; value?: unknown };

/** «When»: clauses joined by all, any and not. `{ all: [] }` is always true. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Clause;

/** What is known of a row: a flat map from the field's name to its value. */
export type Facts = Readonly<Record<string, unknown>>;

export const FIELD_TYPES = [
  'text',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'choice',
  'choices',
  'reference',
] as const;
export type ConditionFieldType = (typeof FIELD_TYPES)[number];

/**
 * The field is another name of what `of` names, or follows from it. `unique`: each of its values belongs to one value of `of`;
 * `whole`: `of` has no other values than these. Tells what cannot be true together; never leaves the house.
 */
export type FieldAlias = {
  of: string;
  values: Readonly<Record<string, string | number | null>>;
  unique?: boolean;
  whole?: boolean;
};

/** A field a condition may ask about. */
export type ConditionField = {
  name: string;
  label: string;
  type: ConditionFieldType;
  /** What a reference leads to: company, contact, object, employee, ticket, team. */
  reference?: string;
  /** The field holds several values; `is` and `in` ask for one of them. */
  isList?: boolean;
  options?: { value: string; label: string }[];
  ops: readonly Op[];
  alias?: FieldAlias;
};

const ORDERED: readonly Op[] = ['is', 'is_not', 'gt', 'gte', 'lt', 'lte', 'empty', 'not_empty'];
const PICKED: readonly Op[] = ['is', 'is_not', 'in', 'not_in', 'empty', 'not_empty'];

/** The operators that make sense for a type. */
export const OPERATORS_OF: Record<ConditionFieldType, readonly Op[]> = {
  text: ['is', 'is_not', 'in', 'not_in', 'contains', 'starts_with', 'empty', 'not_empty'],
  number: ORDERED,
  money: ORDERED,
  date: ORDERED,
  datetime: ORDERED,
  boolean: ['is', 'is_not', 'empty', 'not_empty'],
  choice: PICKED,
  choices: PICKED,
  reference: PICKED,
};

const COMPARE: Partial<Record<Op, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

const some = (fact: unknown, test: (item: unknown) => boolean): boolean =>
  isList(fact) ? fact.some(test) : test(fact);
const listed = (value: unknown): readonly unknown[] => (isList(value) ? value : [value]);

/** True when the clause holds of the fact. A field with several values meets `is` and `in` by one of them. */
export function holdsOf({ op, value }: Clause, fact: unknown): boolean {
  switch (op) {
    case 'empty':
      return isBlank(fact);
    case 'not_empty':
      return !isBlank(fact);
    case 'is':
    case 'in':
      return some(fact, (item) => listed(value).some((wanted) => isSame(item, wanted)));
    case 'is_not':
    case 'not_in':
      return !some(fact, (item) => listed(value).some((wanted) => isSame(item, wanted)));
    case 'contains':
      return some(fact, (item) => !isBlank(item) && folded(item).includes(folded(value)));
    case 'starts_with':
      return some(fact, (item) => !isBlank(item) && folded(item).startsWith(folded(value)));
    default:
      return some(fact, (item) => {
        const order = isBlank(item) ? undefined : orderOf(item, value);
        return order !== undefined && (COMPARE[op]?.(order) ?? false);
      });
  }
}

const factOf = (facts: Facts, field: string): unknown => (Object.hasOwn(facts, field) ? facts[field] : undefined);

/** True when the condition holds of the facts. */
export function matches(condition: Condition, facts: Facts): boolean {
  if ('all' in condition) return condition.all.every((part) => matches(part, facts));
  if ('any' in condition) return condition.any.some((part) => matches(part, facts));
  if ('not' in condition) return !matches(condition.not, facts);
  return holdsOf(condition, factOf(facts, condition.field));
}

/** JSON pointers of the parts because of which the condition does not hold; empty when it does. */
export function explain(condition: Condition, facts: Facts, pointer = ''): string[] {
  if (matches(condition, facts)) return [];
  if ('all' in condition)
    return condition.all.flatMap((part, index) => explain(part, facts, `${pointer}/all/${index}`));
  if ('any' in condition && condition.any.length)
    return condition.any.flatMap((part, index) => explain(part, facts, `${pointer}/any/${index}`));
  return ['not' in condition ? `${pointer}/not` : pointer];
}

/** The part of a condition a pointer of `explain` leads to. */
export function partAt(condition: Condition, pointer: string): Condition | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (part, key) =>
        typeof part === 'object' && part !== null && Object.hasOwn(part, key) ? part[key as never] : undefined,
      condition,
    ) as Condition | undefined;
}

/** Every clause of a condition. */
export function clausesOf(condition: Condition): Clause[] {
  if ('all' in condition) return condition.all.flatMap(clausesOf);
  if ('any' in condition) return condition.any.flatMap(clausesOf);
  return 'not' in condition ? clausesOf(condition.not) : [condition];
}

const MAX_DEPTH = 4;
const MAX_CLAUSES = 50;
const MAX_VALUES = 200;
const MAX_TEXT = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** With its zone: without one it would be another instant on another server. */
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const VALUE_FORMS: Record<ConditionFieldType, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  money: (value) => typeof value === 'string' && /^-?\d{1,13}(\.\d{1,2})?$/.test(value),
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value),
  datetime: (value) =>
    typeof value === 'string' && INSTANT.test(value) && isDay(value.slice(0, 10)) && orderOf(value, value) === 0,
  boolean: (value) => typeof value === 'boolean',
  choice: (value) => typeof value === 'string' && value.length <= MAX_TEXT,
  choices: (value) => typeof value === 'string' && value.length <= MAX_TEXT,
  reference: (value) => typeof value === 'string' && UUID.test(value),
};

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !isList(value);

const problem = (pointer: string, code: string, word = ''): FieldProblem => ({
  pointer,
  code: `fields.${code}`,
  message: word && `: ${word}`,
});

/** What is wrong with a condition as it came, each problem with its place; whether it can ever hold is `isContradiction`. */
export function conditionProblems(
  condition: unknown,
  catalogue: readonly ConditionField[],
  pointer = '/when',
): FieldProblem[] {
  const fields = new Map(catalogue.map((field) => [field.name, field]));
  let clauses = 0;
  const walk = (part: unknown, here: string, depth: number): FieldProblem[] => {
    if (!isRecord(part)) return [problem(here, 'conditionShape')];
    if (depth > MAX_DEPTH) return [problem(here, 'conditionTooDeep')];
    const keys = Object.keys(part);
    const [join] = keys;
    if (keys.length === 1 && (join === 'all' || join === 'any')) {
      const parts = part[join];
      if (!isList(parts) || (join === 'any' && !parts.length)) return [problem(`${here}/${join}`, 'conditionShape')];
      if (parts.length > MAX_CLAUSES) return [problem(`${here}/${join}`, 'conditionTooMany')];
      return parts.flatMap((item, index) => walk(item, `${here}/${join}/${index}`, depth + 1));
    }
    if (keys.length === 1 && join === 'not') return walk(part.not, `${here}/not`, depth + 1);
    if (++clauses > MAX_CLAUSES) return clauses === MAX_CLAUSES + 1 ? [problem(here, 'conditionTooMany')] : [];
    return clauseProblems(part, fields, here);
  };
  return walk(condition, pointer, 0);
}

function clauseProblems(
  clause: Record<string, unknown>,
  fields: Map<string, ConditionField>,
  here: string,
): FieldProblem[] {
  const { field: name, op, value, ...rest } = clause;
  if (typeof name !== 'string' || Object.keys(rest).length) return [problem(here, 'conditionShape')];
  const field = fields.get(name);
  if (!field) return [problem(`${here}/field`, 'conditionFieldUnknown', name.slice(0, 80))];
  if (!field.ops.includes(op as Op)) return [problem(`${here}/op`, 'conditionOperatorUnknown', field.label)];
  if (op === 'empty' || op === 'not_empty')
    return value === undefined || value === null ? [] : [problem(`${here}/value`, 'conditionValueWrong', field.label)];
  if (op !== 'in' && op !== 'not_in') return valueProblems(field, op as Op, value, `${here}/value`);
  if (!isList(value) || !value.length || value.length > MAX_VALUES)
    return [problem(`${here}/value`, 'conditionListExpected', field.label)];
  return value.flatMap((item, index) => valueProblems(field, op, item, `${here}/value/${index}`));
}

function valueProblems(field: ConditionField, op: Op, value: unknown, here: string): FieldProblem[] {
  const isText = op === 'contains' || op === 'starts_with';
  if (!VALUE_FORMS[isText ? 'text' : field.type](value)) return [problem(here, 'conditionValueWrong', field.label)];
  if (!field.options || isText || field.options.some((option) => option.value === value)) return [];
  return [problem(here, 'conditionValueUnknown', field.label)];
}
