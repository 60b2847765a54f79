import { type Condition, type ConditionField, isContradiction } from '@opora/modules/fields';
import type { RuleDefinition } from './rule.entity';
import { isMeant } from './rule-trigger';

export type RuleInOrder = Pick<RuleDefinition, 'name' | 'isActive' | 'trigger' | 'when' | 'actions'> & { id: string };
/** Two rules each of which undoes what the other does, and starts it by that. */
export type Opposed = [one: RuleInOrder, other: RuleInOrder];

type Writes = ReadonlyMap<string, unknown>;
const NAMES: Record<string, readonly [action: string, field: string]> = {
  priorityId: ['set_priority', 'priorityId'],
  typeId: ['set_type', 'typeId'],
};

/** Fields a rule sets to one certain value. */
function writesOf({ actions }: RuleInOrder): Writes {
  const found = new Map<string, unknown>();
  for (const { action, params } of actions) {
    for (const [param, [name, field]] of Object.entries(NAMES))
      if (action === name && params[param]) found.set(field, params[param]);
    if (action === 'assign')
      for (const field of ['assigneeId', 'teamId']) if (field in params) found.set(field, params[field]);
    if (action !== 'set_fields' || typeof params.fields !== 'object' || !params.fields) continue;
    const { customFields, ...fields } = params.fields as Record<string, unknown>;
    for (const [field, value] of Object.entries(fields)) found.set(field, value);
    for (const [code, value] of Object.entries((customFields ?? {}) as object)) found.set(`cf.${code}`, value);
  }
  return found;
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const mayStand = (when: Condition, field: string, value: unknown, catalogue: readonly ConditionField[]): boolean =>
  !isContradiction({ all: [when, isPlain(value) ? { field, op: 'is', value } : { field, op: 'empty' }] }, catalogue);

/** Pairs that evidently undo each other; what cannot be seen from the rules alone is not said. */
export function opposedRules(rules: readonly RuleInOrder[], catalogue: readonly ConditionField[]): Opposed[] {
  const changing = rules.filter(
    ({ isActive, trigger }) => isActive && trigger.kind === 'event' && trigger.event === 'ticket.changed',
  );
  const writes = new Map(changing.map((rule) => [rule.id, writesOf(rule)]));
  const starts = (rule: RuleInOrder, field: string): boolean =>
    rule.trigger.kind === 'event' && isMeant(rule.trigger, [field.replace(/^cf\./, 'customFields.')]);
  return changing.flatMap((one, index) =>
    changing.slice(index + 1).flatMap((other): Opposed[] => {
      const [left, right] = [writes.get(one.id)!, writes.get(other.id)!];
      const isOpposed = [...left].some(
        ([field, value]) =>
          right.has(field) &&
          JSON.stringify(right.get(field)) !== JSON.stringify(value) &&
          starts(one, field) &&
          starts(other, field) &&
          mayStand(other.when, field, value, catalogue) &&
          mayStand(one.when, field, right.get(field), catalogue),
      );
      return isOpposed ? [[one, other]] : [];
    }),
  );
}
