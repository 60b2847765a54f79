import type { FieldProblem } from '@opora/platform/errors';
import { type Condition, type ConditionField, conditionProblems } from './condition';
import { implies, isContradiction } from './condition-logic';
import { aspectOf, type Effect } from './form-rules';

/** A field a form may show, and so a rule may speak of. */
export type FormFieldFacts = ConditionField & {
  /** Computed: it can be shown and hidden, nothing else. */
  isComputed?: boolean;
};

/** A rule with what its neighbours need to know of it. */
export type NamedRule = { id: string; name: string; when: Condition; effects: readonly Effect[] };

const problem = (pointer: string, code: string, word = ''): FieldProblem => ({
  pointer,
  code: `fields.${code}`,
  message: word && `: ${word}`,
});

/** What is wrong with a rule by itself, each problem with its place. */
export function ruleProblems(
  { when, effects }: { when: unknown; effects: readonly Effect[] },
  catalogue: readonly ConditionField[],
  form: readonly FormFieldFacts[],
): FieldProblem[] {
  const problems = conditionProblems(when, catalogue);
  if (!problems.length && isContradiction(when as Condition, catalogue))
    problems.push(problem('/when', 'conditionContradiction'));
  const fields = new Map(form.map((field) => [field.name, field]));
  const seen = new Set<string>();
  effects.forEach((effect, index) => {
    const here = `/effects/${index}`;
    const field = fields.get(effect.field);
    if (!field) return problems.push(problem(`${here}/field`, 'conditionFieldUnknown', effect.field.slice(0, 80)));
    const side = `${effect.field} ${aspectOf(effect.effect)}`;
    if (seen.has(side)) problems.push(problem(here, 'ruleEffectTwice', field.label));
    seen.add(side);
    problems.push(...effectProblems(effect, field, effects, here));
  });
  return problems;
}

function effectProblems(effect: Effect, field: FormFieldFacts, all: readonly Effect[], here: string): FieldProblem[] {
  const has = (kind: Effect['effect']) => all.some((other) => other.field === effect.field && other.effect === kind);
  if (field.isComputed && effect.effect !== 'show' && effect.effect !== 'hide')
    return [problem(`${here}/effect`, 'ruleComputed', field.label)];
  if (effect.effect === 'require' && has('hide')) return [problem(here, 'ruleRequiresHidden', field.label)];
  if (effect.effect === 'require' && has('read_only')) return [problem(here, 'ruleRequiresReadOnly', field.label)];
  if (effect.effect !== 'allow')
    return effect.values === undefined ? [] : [problem(`${here}/values`, 'ruleValuesUnexpected', field.label)];
  if (!field.ops.includes('is')) return [problem(`${here}/effect`, 'ruleAllowImpossible', field.label)];
  // The same forms and options as in a condition «one of».
  const asked = { field: field.name, op: 'in', value: effect.values };
  return conditionProblems(asked, [{ ...field, ops: ['in'] }], here).map((one) => ({
    ...one,
    pointer: one.pointer.replace(`${here}/value`, `${here}/values`),
  }));
}

const ALWAYS: Condition = { all: [] };
/** What makes a requirement impossible, and what takes that back. */
const BARRIERS = [
  ['hide', 'show'],
  ['read_only', 'editable'],
] as const satisfies readonly (readonly [Effect['effect'], Effect['effect']])[];

/** A requirement that can never be met: whenever its rule speaks, another hides the field or closes it to changes. */
export type HiddenRequirement = {
  rule: string;
  effect: number;
  hiddenBy: string;
  hiddenEffect: number;
  field: string;
  how: (typeof BARRIERS)[number][0];
};

/** Which rules, in this order, require what is certainly hidden or closed when they speak. */
export function hiddenRequirements(
  rules: readonly NamedRule[],
  catalogue: readonly ConditionField[] = [],
): HiddenRequirement[] {
  const found: HiddenRequirement[] = [];
  for (const rule of rules) {
    rule.effects.forEach(({ field, effect }, index) => {
      if (effect !== 'require') return;
      for (const barrier of BARRIERS) {
        const hider = hiderOf(rule, field, rules, catalogue, barrier);
        if (hider) found.push({ rule: rule.id, effect: index, field, how: barrier[0], ...hider });
      }
    });
  }
  return found;
}

function hiderOf(
  rule: NamedRule,
  field: string,
  rules: readonly NamedRule[],
  catalogue: readonly ConditionField[],
  [bars, frees]: (typeof BARRIERS)[number],
) {
  let hider: { hiddenBy: string; hiddenEffect: number } | undefined;
  for (const other of rules) {
    const hiddenEffect = other.effects.findIndex((effect) => effect.field === field && effect.effect === bars);
    const isFreed = other.effects.some((effect) => effect.field === field && effect.effect === frees);
    if (isFreed && !isContradiction({ all: [rule.when, other.when] }, catalogue)) hider = undefined;
    // What is closed only at times may have been filled in before.
    const when = bars === 'hide' ? rule.when : ALWAYS;
    if (hiddenEffect >= 0 && implies(when, other.when, catalogue)) hider = { hiddenBy: other.id, hiddenEffect };
  }
  return hider;
}
