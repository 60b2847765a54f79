import { type Clause, clausesOf, type Condition, type ConditionField, holdsOf } from './condition';
import { inOneName } from './condition-aliases';
import { folded, isList, orderOf } from './condition-values';

/** A clause or its opposite. */
type Literal = { clause: Clause; holds: boolean };
type Fields = ReadonlyMap<string, ConditionField>;

/** Beyond so many ways to fulfil a condition nothing is said with certainty. */
const MOST_WAYS = 2000;

/** True when nothing can ever meet the condition. Certain only: false also means «not known». */
export function isContradiction(condition: Condition, catalogue: readonly ConditionField[] = []): boolean {
  const fields: Fields = new Map(catalogue.map((field) => [field.name, field]));
  const ways = waysOf(inOneName(condition, fields), true, fields);
  return ways !== undefined && ways.length === 0;
}

/** True when whatever meets `one` meets `other` too. Certain only. */
export const implies = (one: Condition, other: Condition, catalogue: readonly ConditionField[] = []): boolean =>
  isContradiction({ all: [one, { not: other }] }, catalogue);

/** Where a condition that can never be met contradicts itself: the part at fault and the earlier one it clashes with, by field names. */
export type Clash = { pointer: string; fields: string[]; against: string[] };

/** The place of a contradiction; for conditions of which `isContradiction` is true. */
export function clashIn(condition: Condition, catalogue: readonly ConditionField[], pointer = ''): Clash {
  const namesIn = (part: Condition): string[] => [...new Set(clausesOf(part).map(({ field }) => field))];
  if (!('all' in condition) || !condition.all.length) return { pointer, fields: namesIn(condition), against: [] };
  const { all } = condition;
  const at = all.findIndex((_, index) => isContradiction({ all: all.slice(0, index + 1) }, catalogue));
  const part = all[at];
  if (!part) return { pointer, fields: namesIn(condition), against: [] };
  const here = `${pointer}/all/${at}`;
  if (isContradiction(part, catalogue)) return clashIn(part, catalogue, here);
  const other = all.slice(0, at).find((earlier) => isContradiction({ all: [earlier, part] }, catalogue));
  return { pointer: here, fields: namesIn(part), against: other ? namesIn(other) : [] };
}

/** Every way to fulfil the condition (or its opposite) that is not absurd in itself; undefined when there are too many. */
function waysOf(condition: Condition, holds: boolean, fields: Fields): Literal[][] | undefined {
  if ('not' in condition) return waysOf(condition.not, !holds, fields);
  if (!('all' in condition) && !('any' in condition)) {
    const way = [{ clause: condition, holds }];
    return isPossible(way, fields) ? [way] : [];
  }
  const parts = 'all' in condition ? condition.all : condition.any;
  const isEach = 'all' in condition === holds;
  let ways: Literal[][] = isEach ? [[]] : [];
  for (const part of parts) {
    const more = waysOf(part, holds, fields);
    if (!more) return undefined;
    ways = isEach ? joined(ways, more, fields) : [...ways, ...more];
    if (ways.length > MOST_WAYS) return undefined;
    if (isEach && !ways.length) return [];
  }
  return ways;
}

function joined(ways: Literal[][], more: Literal[][], fields: Fields): Literal[][] {
  const found: Literal[][] = [];
  for (const way of ways) {
    for (const other of more) {
      const both = [...way, ...other];
      if (isPossible(both, fields, other)) found.push(both);
      if (found.length > MOST_WAYS) return found;
    }
  }
  return found;
}

/** Each part of the way was possible before `added` came: only the fields it speaks of are looked at again. */
function isPossible(way: readonly Literal[], fields: Fields, added: readonly Literal[] = way): boolean {
  const names = new Set(added.map(({ clause }) => clause.field));
  return [...names].every((name) => {
    const literals = way.filter(({ clause }) => clause.field === name);
    const field = fields.get(name);
    return holdsSeveral(name, field) ? isListPossible(literals) : isValuePossible(literals, field);
  });
}

/** Without the catalogue a custom field may hold several values: then less is certain. */
const holdsSeveral = (name: string, field: ConditionField | undefined): boolean =>
  field ? (field.isList ?? field.type === 'choices') : /Ids$|^cf\./.test(name);

const listed = (value: unknown): readonly unknown[] => (isList(value) ? value : [value]);
const asks = (literals: readonly Literal[], ...ops: string[]): Literal[] =>
  literals.filter(({ clause }) => ops.includes(clause.op));
const isMet = ({ clause, holds }: Literal, value: unknown): boolean => holdsOf(clause, value) === holds;

/** The value itself is named: `is`, `in`, or the opposite of the opposite. */
const isNaming = ({ clause, holds }: Literal): boolean =>
  holds ? clause.op === 'is' || clause.op === 'in' : clause.op === 'is_not' || clause.op === 'not_in';
const isEmptyMet = (literals: readonly Literal[]): boolean => literals.every((literal) => isMet(literal, null));

function isValuePossible(literals: readonly Literal[], field: ConditionField | undefined): boolean {
  if (isEmptyMet(literals)) return true;
  const mustBeEmpty = literals.some(({ clause, holds }) => clause.op === (holds ? 'empty' : 'not_empty'));
  if (mustBeEmpty) return false;
  const named = literals.find(isNaming);
  if (named) return listed(named.clause.value).some((value) => literals.every((literal) => isMet(literal, value)));
  const values = field?.type === 'boolean' ? [true, false] : field?.options?.map(({ value }) => value);
  if (values) return values.some((value) => literals.every((literal) => isMet(literal, value)));
  return isRangePossible(literals) && isTextPossible(literals);
}

/** The members may differ, so only what one and the same member would break is certain. */
function isListPossible(literals: readonly Literal[]): boolean {
  if (isEmptyMet(literals)) return true;
  if (literals.some(({ clause, holds }) => clause.op === (holds ? 'empty' : 'not_empty'))) return false;
  const refusals = literals.filter(
    (literal) => !isNaming(literal) && asks([literal], 'is', 'is_not', 'in', 'not_in').length,
  );
  return literals
    .filter(isNaming)
    .every(({ clause }) => listed(clause.value).some((value) => refusals.every((literal) => isMet(literal, value))));
}

const FLIPPED = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' } as const;

function isRangePossible(literals: readonly Literal[]): boolean {
  const bounds = asks(literals, 'gt', 'gte', 'lt', 'lte').map(({ clause, holds }) => ({
    op: holds ? (clause.op as keyof typeof FLIPPED) : FLIPPED[clause.op as keyof typeof FLIPPED],
    value: clause.value,
  }));
  const lower = bounds.filter(({ op }) => op === 'gt' || op === 'gte');
  const upper = bounds.filter(({ op }) => op === 'lt' || op === 'lte');
  return lower.every((low) =>
    upper.every((high) => {
      const order = orderOf(low.value, high.value);
      if (order === undefined || order < 0) return true;
      if (order > 0 || low.op === 'gt' || high.op === 'lt') return false;
      return literals.every((literal) => isMet(literal, low.value));
    }),
  );
}

function isTextPossible(literals: readonly Literal[]): boolean {
  const starts = asks(literals, 'starts_with').filter(({ holds }) => holds);
  const parts = asks(literals, 'starts_with', 'contains').filter(({ holds }) => holds);
  const refused = asks(literals, 'starts_with', 'contains').filter(({ holds }) => !holds);
  const fits = (one: Literal, other: Literal) => folded(one.clause.value).startsWith(folded(other.clause.value));
  if (starts.some((one) => starts.some((other) => !fits(one, other) && !fits(other, one)))) return false;
  return refused.every((no) =>
    (no.clause.op === 'contains' ? parts : starts).every((yes) => !holdsOf(no.clause, yes.clause.value)),
  );
}
