import type { FieldProblem } from '@opora/platform/errors';
import { type Condition, type Facts, matches } from './condition';
import { isBlank, isList, isSame } from './condition-values';

export const EFFECTS = ['show', 'hide', 'require', 'optional', 'read_only', 'editable', 'allow'] as const;
/** What a rule does to a field. */
export type EffectKind = (typeof EFFECTS)[number];

export type Effect = { field: string; effect: EffectKind; values?: unknown[] };

/** A rule as the engine needs it; the list is in the order in which the rules speak. */
export type RuleOfForm = { id: string; when: Condition; effects: readonly Effect[] };

/** How the form treats a field before any rule speaks. */
export type BaseField = {
  field: string;
  isVisible: boolean;
  isRequired: boolean;
  isReadOnly?: boolean;
  allowed?: readonly unknown[] | null;
};

export type FieldVerdict = {
  isVisible: boolean;
  isRequired: boolean;
  isReadOnly: boolean;
  /** Null: any value. */
  allowed: readonly unknown[] | null;
  /** Rules that decided something about the field. */
  because: string[];
};
export type Verdict = { fields: Record<string, FieldVerdict> };

type Aspect = 'visible' | 'required' | 'readOnly' | 'allowed';
const ASPECTS: Record<EffectKind, [Aspect, boolean]> = {
  show: ['visible', true],
  hide: ['visible', false],
  require: ['required', true],
  optional: ['required', false],
  read_only: ['readOnly', true],
  editable: ['readOnly', false],
  allow: ['allowed', true],
};
/** The side of a field an effect decides: of two effects on one side the later wins. */
export const aspectOf = (effect: EffectKind): Aspect => ASPECTS[effect][0];

type Decision = { isOn: boolean; values?: readonly unknown[]; rule: string };
type Decisions = Partial<Record<Aspect, Decision>>;

/**
 * What the form asks for, given the facts. A later rule overrides an earlier one on the same side of a field. A required field is
 * shown, unless a rule hides it; a hidden field is never required.
 */
export function verdictOf(base: readonly BaseField[], rules: readonly RuleOfForm[], facts: Facts): Verdict {
  const decided = new Map<string, Decisions>();
  for (const { id, when, effects } of rules) {
    if (!matches(when, facts)) continue;
    for (const { field, effect, values } of effects) {
      const [aspect, isOn] = ASPECTS[effect];
      decided.set(field, { ...decided.get(field), [aspect]: { isOn, values, rule: id } });
    }
  }
  const bases = new Map(base.map((field) => [field.field, field]));
  const names = new Set([...bases.keys(), ...decided.keys()]);
  const entries = [...names].map((name) => [name, fieldVerdict(bases.get(name), decided.get(name) ?? {})] as const);
  return { fields: Object.assign(Object.create(null), Object.fromEntries(entries)) as Verdict['fields'] };
}

function fieldVerdict(base: BaseField | undefined, { visible, required, readOnly, allowed }: Decisions): FieldVerdict {
  const isVisible = visible?.isOn ?? (required?.isOn || base?.isVisible || false);
  const because = [visible, required, readOnly, allowed].flatMap((decision) => decision?.rule ?? []);
  return {
    isVisible,
    isRequired: isVisible && (required?.isOn ?? base?.isRequired ?? false),
    isReadOnly: readOnly?.isOn ?? base?.isReadOnly ?? false,
    allowed: allowed?.values ?? base?.allowed ?? null,
    because: [...new Set(because)],
  };
}

/** A field's place in a body: `/customFields/<code>` for `cf.<code>`. */
export const pointerOf = (field: string): string =>
  field.startsWith('cf.') ? `/customFields/${field.slice(3)}` : `/${field}`;

export type VerdictCheck = {
  /** The row is being made: everything that is required counts, not only what the change touches. */
  isNew?: boolean;
  /** The values come from a client: he may not write what he is not shown. */
  isClient?: boolean;
  /** The verdict before the change: what was wrong already is not the change's fault. */
  before?: Verdict;
};

/**
 * What the verdict refuses. `values` are the values after the change, `changed` the fields it writes; null: nothing is written and
 * the whole row is judged.
 */
export function verdictProblems(
  verdict: Verdict,
  values: Facts,
  changed: ReadonlySet<string> | null,
  { isNew = false, isClient = false, before }: VerdictCheck = {},
): FieldProblem[] {
  return Object.entries(verdict.fields).flatMap(([field, says]) => {
    const value = Object.hasOwn(values, field) ? values[field] : undefined;
    const isWritten = changed?.has(field) ?? false;
    if (isWritten && isClient && !says.isVisible) return [problem(field, 'fieldHidden')];
    if (isWritten && says.isReadOnly) return [problem(field, 'fieldReadOnly')];
    const wrong = wrongWith(says, value);
    if (!wrong) return [];
    if (changed === null || isWritten || (isNew && wrong === 'fieldRequired')) return [problem(field, wrong)];
    const earlier = before?.fields[field];
    const isNews = before !== undefined && (!earlier || wrongWith(earlier, value) !== wrong);
    return isNews ? [problem(field, wrong)] : [];
  });
}

function wrongWith({ isVisible, isRequired, allowed }: FieldVerdict, value: unknown): string | undefined {
  if (isBlankAnswer(value)) return isRequired ? 'fieldRequired' : undefined;
  if (!allowed || !isVisible) return undefined;
  const members = isList(value) ? value : [value];
  return members.every((member) => allowed.some((one) => isSame(one, member))) ? undefined : 'fieldNotAllowed';
}

/** A text of tags and spaces alone says nothing; a picture does. */
const isBlankAnswer = (value: unknown): boolean =>
  isBlank(value) ||
  (typeof value === 'string' &&
    value.includes('<') &&
    !/<img\b/i.test(value) &&
    value
      .replace(/<[^>]*>/g, '')
      .replace(/&nbsp;/g, ' ')
      .trim() === '');

const problem = (field: string, code: string): FieldProblem => ({
  pointer: pointerOf(field),
  code: `fields.${code}`,
  message: '',
});
