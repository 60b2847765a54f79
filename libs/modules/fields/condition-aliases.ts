import { type Clause, clausesOf, type Condition, type ConditionField, type FieldAlias, holdsOf } from './condition';

/** Any value of a field that the catalogue does not know: a type in the archive, a status made tomorrow. */
const OTHER = '\u0000';

/**
 * The condition with clauses about other names of a field said of the field itself, so that `typeId` and `typeCode` can be held against
 * each other. Opposites are carried down to the clauses: what is unknown of a field must not be lost in them.
 */
export function inOneName(condition: Condition, fields: ReadonlyMap<string, ConditionField>): Condition {
  const asked = new Set(clausesOf(condition).map(({ field }) => field));
  const walk = (part: Condition, holds: boolean): Condition => {
    if ('not' in part) return walk(part.not, !holds);
    if ('all' in part || 'any' in part) {
      const parts = ('all' in part ? part.all : part.any).map((each) => walk(each, holds));
      return 'all' in part === holds ? { all: parts } : { any: parts };
    }
    const alias = fields.get(part.field)?.alias;
    if (alias && (alias.whole || asked.has(alias.of))) return meant(part, holds, alias);
    return holds ? part : { not: part };
  };
  return walk(condition, true);
}

function meant(clause: Clause, holds: boolean, { of, values, unique, whole }: FieldAlias): Condition {
  const isMet = (value: unknown): boolean => holdsOf(clause, value) === holds;
  const met = Object.keys(values).filter((key) => isMet(values[key]));
  const ways: Condition[] = met.length ? [{ field: of, op: 'in', value: met }] : [];
  if (isMet(null)) ways.push({ field: of, op: 'empty' });
  if (whole) return { any: ways };
  const stranger: Condition[] = [{ field: of, op: 'is', value: OTHER }, holds ? clause : { not: clause }];
  // Whatever there is has a meaning: a type has a code, a team a line.
  stranger.push({ field: clause.field, op: 'not_empty' });
  if (unique) stranger.push({ field: clause.field, op: 'not_in', value: Object.values(values) });
  return { any: [...ways, { all: stranger }] };
}
