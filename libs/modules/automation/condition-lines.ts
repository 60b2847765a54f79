/** A condition laid out line by line with what it asked, what it found and whether that is enough. Pure. */
import { type Clause, type Condition, type Facts, matches } from '@opora/modules/fields';

/** What is known of a field: its value, or nothing. */
export type Knowledge = { facts: Facts; isKnown(field: string): boolean };
export type ConditionPart = {
  pointer: string;
  depth: number;
  joint: 'all' | 'any' | 'not' | null;
  clause: Clause | null;
  /** Null: it depends on what is not known. */
  holds: boolean | null;
};

/** Whether the condition holds; null when that depends on what is not known. */
export function verdictOf(condition: Condition, knowledge: Knowledge): boolean | null {
  if ('not' in condition) {
    const inner = verdictOf(condition.not, knowledge);
    return inner === null ? null : !inner;
  }
  if ('field' in condition) return knowledge.isKnown(condition.field) ? matches(condition, knowledge.facts) : null;
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => verdictOf(part, knowledge));
  if (parts.includes(!isAll)) return !isAll;
  return parts.includes(null) ? null : isAll;
}

/** Every part in reading order. A single list of clauses needs no line for the list itself. */
export function linesOf(condition: Condition, knowledge: Knowledge, pointer = '', depth = 0): ConditionPart[] {
  const holds = verdictOf(condition, knowledge);
  if ('field' in condition) return [{ pointer, depth, joint: null, clause: condition, holds }];
  const joint = 'all' in condition ? 'all' : 'any' in condition ? 'any' : 'not';
  const parts = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
  const at = (index: number): string => (joint === 'not' ? `${pointer}/not` : `${pointer}/${joint}/${index}`);
  return [
    { pointer, depth, joint, clause: null, holds },
    ...parts.flatMap((part, index) => linesOf(part, knowledge, at(index), depth + 1)),
  ];
}
