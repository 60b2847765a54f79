import { type Condition, type ConditionField, OPERATORS_OF } from './condition';
import { type FormFieldFacts, hiddenRequirements, type NamedRule, ruleProblems } from './form-rule-check';
import {
  type BaseField,
  type Effect,
  type EffectKind,
  type RuleOfForm,
  verdictOf,
  verdictProblems,
} from './form-rules';

const ALWAYS: Condition = { all: [] };
const is = (field: string, value: unknown): Condition => ({ field, op: 'is', value });
const rule = (id: string, when: Condition, ...effects: [string, EffectKind, unknown[]?][]): NamedRule & RuleOfForm => ({
  id,
  name: id,
  when,
  effects: effects.map(([field, effect, values]): Effect => ({ field, effect, ...(values && { values }) })),
});
const BASE: BaseField[] = [
  { field: 'priorityId', isVisible: true, isRequired: true },
  { field: 'objectId', isVisible: true, isRequired: false },
  { field: 'cf.reason', isVisible: false, isRequired: false },
  { field: 'description', isVisible: true, isRequired: false },
];
const shown = { isVisible: true, isRequired: false, isReadOnly: false, allowed: null, because: [] };

describe('T-04: what a form asks for', () => {
  it.each<[string, RuleOfForm[], string, object]>([
    ['the form alone', [], 'priorityId', { ...shown, isRequired: true }],
    ['the form asks not', [], 'cf.reason', { ...shown, isVisible: false }],
    ['a rule that does not speak', [rule('r', is('typeCode', 'x'), ['objectId', 'hide'])], 'objectId', shown],
    [
      'a rule that speaks',
      [rule('r', is('typeCode', 'repair'), ['objectId', 'require'])],
      'objectId',
      { ...shown, isRequired: true, because: ['r'] },
    ],
    [
      'required is shown',
      [rule('r', ALWAYS, ['cf.reason', 'require'])],
      'cf.reason',
      { ...shown, isRequired: true, because: ['r'] },
    ],
    ['a field the form does not know', [rule('r', ALWAYS, ['cf.new', 'show'])], 'cf.new', { ...shown, because: ['r'] }],
    [
      'hidden is not required',
      [rule('r', ALWAYS, ['priorityId', 'hide'])],
      'priorityId',
      { ...shown, isVisible: false, because: ['r'] },
    ],
    [
      'hidden outranks required',
      [rule('a', ALWAYS, ['cf.reason', 'hide']), rule('b', ALWAYS, ['cf.reason', 'require'])],
      'cf.reason',
      { ...shown, isVisible: false, because: ['a', 'b'] },
    ],
    [
      'the later rule wins',
      [rule('a', ALWAYS, ['objectId', 'require']), rule('b', ALWAYS, ['objectId', 'optional'])],
      'objectId',
      { ...shown, because: ['b'] },
    ],
    [
      'on its own side only',
      [rule('a', ALWAYS, ['objectId', 'require']), rule('b', ALWAYS, ['objectId', 'read_only'])],
      'objectId',
      { ...shown, isRequired: true, isReadOnly: true, because: ['a', 'b'] },
    ],
    [
      'allowed values',
      [rule('a', ALWAYS, ['priorityId', 'allow', ['p1']])],
      'priorityId',
      { ...shown, isRequired: true, allowed: ['p1'], because: ['a'] },
    ],
    [
      'several sides at once',
      [rule('a', ALWAYS, ['cf.reason', 'show'], ['cf.reason', 'require'])],
      'cf.reason',
      { ...shown, isRequired: true, because: ['a'] },
    ],
  ])('%s', (_, rules, field, expected) =>
    expect(verdictOf(BASE, rules, { typeCode: 'repair' }).fields[field]).toEqual(expected),
  );

  const judge = (rules: RuleOfForm[], values: Record<string, unknown>, changed: string[] | null, options = {}) =>
    verdictProblems(verdictOf(BASE, rules, values), values, changed && new Set(changed), options).map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );
  const need = rule('r', is('cf.urgent', true), ['cf.reason', 'require']);
  const only = rule('r', ALWAYS, ['priorityId', 'allow', ['p1', 'p2']]);
  const fixed = rule('r', ALWAYS, ['priorityId', 'read_only']);
  const hidden = rule('r', ALWAYS, ['objectId', 'hide']);

  it.each<[string, RuleOfForm[], Record<string, unknown>, string[] | null, object, string[]]>([
    [
      'a new row lacks what is required',
      [need],
      { 'cf.urgent': true },
      ['cf.urgent'],
      { isNew: true },
      ['/priorityId fields.fieldRequired', '/cf.reason fields.fieldRequired'],
    ],
    ['a new row has it', [need], { priorityId: 'p', 'cf.urgent': true, 'cf.reason': 'да' }, [], { isNew: true }, []],
    [
      'a text of tags is no answer',
      [rule('r', ALWAYS, ['description', 'require'])],
      { priorityId: 'p', description: '<p>&nbsp;</p>' },
      ['description'],
      {},
      ['/description fields.fieldRequired'],
    ],
    [
      'a picture is one',
      [rule('r', ALWAYS, ['description', 'require'])],
      { priorityId: 'p', description: '<p><img src="x"></p>' },
      ['description'],
      {},
      [],
    ],
    ['an edit elsewhere is not stopped', [], { objectId: 'o' }, ['objectId'], {}, []],
    ['clearing what is required', [], { priorityId: null }, ['priorityId'], {}, ['/priorityId fields.fieldRequired']],
    ['the whole row is judged', [], {}, null, {}, ['/priorityId fields.fieldRequired']],
    ['not among the allowed', [only], { priorityId: 'p3' }, ['priorityId'], {}, ['/priorityId fields.fieldNotAllowed']],
    ['among the allowed', [only], { priorityId: 'P2' }, ['priorityId'], {}, []],
    [
      'each member is allowed',
      [rule('r', ALWAYS, ['objectId', 'allow', ['a', 'b']])],
      { priorityId: 'p', objectId: ['a', 'z'] },
      ['objectId'],
      {},
      ['/objectId fields.fieldNotAllowed'],
    ],
    ['read only is written', [fixed], { priorityId: 'p1' }, ['priorityId'], {}, ['/priorityId fields.fieldReadOnly']],
    ['read only is left alone', [fixed], { priorityId: 'p1' }, ['objectId'], {}, []],
    ['staff write what is hidden', [hidden], { priorityId: 'p1', objectId: 'o' }, ['objectId'], {}, []],
    [
      'a client does not',
      [hidden],
      { priorityId: 'p1', objectId: 'o' },
      ['objectId'],
      { isClient: true },
      ['/objectId fields.fieldHidden'],
    ],
    ['a default beside a rule is not the sender’s fault', [only], { priorityId: 'p9' }, [], { isNew: true }, []],
  ])('%s', (_, rules, values, changed, options, expected) =>
    expect(judge(rules, values, changed, options)).toEqual(
      expected.map((text) => text.replace('/cf.', '/customFields/')),
    ),
  );

  it('a change that makes another field required must fill it; what lacked before is not its fault', () => {
    const values = { 'cf.urgent': true };
    const before = verdictOf(BASE, [need], {});
    expect(judge([need], values, ['cf.urgent'], { before })).toEqual(['/customFields/reason fields.fieldRequired']);
  });
});

const field = (name: string, type: ConditionField['type'], more: Partial<FormFieldFacts> = {}): FormFieldFacts => ({
  name,
  label: name,
  type,
  ops: OPERATORS_OF[type],
  ...more,
});
const FORM = [
  field('priorityId', 'choice', {
    options: [
      { value: 'p1', label: '1' },
      { value: 'p2', label: '2' },
    ],
  }),
  field('objectId', 'reference', { reference: 'object' }),
  field('cf.reason', 'text'),
  field('cf.total', 'number', { isComputed: true }),
  field('files', 'text', { ops: ['empty', 'not_empty'] }),
];

describe('T-04: a rule is refused with the place', () => {
  it.each<[string, NamedRule, [string, string][]]>([
    ['a good rule', rule('r', is('priorityId', 'p1'), ['cf.reason', 'show'], ['cf.reason', 'require']), []],
    ['an unknown field', rule('r', ALWAYS, ['cf.nope', 'show']), [['/effects/0/field', 'conditionFieldUnknown']]],
    [
      'requires what it hides',
      rule('r', ALWAYS, ['objectId', 'hide'], ['objectId', 'require']),
      [['/effects/1', 'ruleRequiresHidden']],
    ],
    [
      'requires what it makes read-only',
      rule('r', ALWAYS, ['objectId', 'require'], ['objectId', 'read_only']),
      [['/effects/0', 'ruleRequiresReadOnly']],
    ],
    [
      'shows and hides',
      rule('r', ALWAYS, ['objectId', 'show'], ['objectId', 'hide']),
      [['/effects/1', 'ruleEffectTwice']],
    ],
    ['requires a computed field', rule('r', ALWAYS, ['cf.total', 'require']), [['/effects/0/effect', 'ruleComputed']]],
    [
      'allows what is no option',
      rule('r', ALWAYS, ['priorityId', 'allow', ['p1', 'p9']]),
      [['/effects/0/values/1', 'conditionValueUnknown']],
    ],
    ['allows nothing', rule('r', ALWAYS, ['priorityId', 'allow']), [['/effects/0/values', 'conditionListExpected']]],
    [
      'allows values of files',
      rule('r', ALWAYS, ['files', 'allow', ['x']]),
      [['/effects/0/effect', 'ruleAllowImpossible']],
    ],
    [
      'values where none are asked',
      rule('r', ALWAYS, ['priorityId', 'show', ['p1']]),
      [['/effects/0/values', 'ruleValuesUnexpected']],
    ],
    [
      'can never speak',
      rule('r', { all: [is('priorityId', 'p1'), is('priorityId', 'p2')] }, ['objectId', 'show']),
      [['/when', 'conditionContradiction']],
    ],
    [
      'asks an unknown field',
      rule('r', is('nope', 1), ['objectId', 'show']),
      [['/when/field', 'conditionFieldUnknown']],
    ],
  ])('%s', (_, given, expected) =>
    expect(ruleProblems(given, FORM, FORM).map(({ pointer, code }) => [pointer, code.replace('fields.', '')])).toEqual(
      expected,
    ),
  );

  const high = is('priorityId', 'p1');
  it.each<[string, NamedRule[], string[]]>([
    ['nothing is hidden', [rule('a', ALWAYS, ['objectId', 'require'])], []],
    ['hidden always', [rule('a', ALWAYS, ['objectId', 'hide']), rule('b', high, ['objectId', 'require'])], ['b by a']],
    [
      'hidden always, later',
      [rule('b', high, ['objectId', 'require']), rule('a', ALWAYS, ['objectId', 'hide'])],
      ['b by a'],
    ],
    [
      'hidden under the same condition',
      [
        rule('a', high, ['objectId', 'hide']),
        rule('b', { all: [high, is('cf.reason', 'x')] }, ['objectId', 'require']),
      ],
      ['b by a'],
    ],
    [
      'hidden at other times',
      [rule('a', is('priorityId', 'p2'), ['objectId', 'hide']), rule('b', high, ['objectId', 'require'])],
      [],
    ],
    [
      'hidden sometimes',
      [rule('a', is('cf.reason', 'x'), ['objectId', 'hide']), rule('b', high, ['objectId', 'require'])],
      [],
    ],
    [
      'shown again by itself',
      [rule('a', ALWAYS, ['objectId', 'hide']), rule('b', high, ['objectId', 'show'], ['objectId', 'require'])],
      [],
    ],
    [
      'shown before it is hidden',
      [rule('b', high, ['objectId', 'show'], ['objectId', 'require']), rule('a', ALWAYS, ['objectId', 'hide'])],
      ['b by a'],
    ],
    [
      'sometimes shown again',
      [
        rule('a', ALWAYS, ['objectId', 'hide']),
        rule('b', high, ['objectId', 'require']),
        rule('c', is('cf.reason', 'x'), ['objectId', 'show']),
      ],
      [],
    ],
    [
      'closed to changes always',
      [rule('b', high, ['objectId', 'require']), rule('a', ALWAYS, ['objectId', 'read_only'])],
      ['b by a'],
    ],
    [
      'closed when it is required: it may have been filled in before',
      [rule('a', high, ['objectId', 'read_only']), rule('b', high, ['objectId', 'require'])],
      [],
    ],
    [
      'opened again by itself',
      [
        rule('a', ALWAYS, ['objectId', 'read_only']),
        rule('b', high, ['objectId', 'editable'], ['objectId', 'require']),
      ],
      [],
    ],
  ])('%s', (_, rules, expected) =>
    expect(hiddenRequirements(rules, FORM).map(({ rule: one, hiddenBy }) => `${one} by ${hiddenBy}`)).toEqual(expected),
  );
});
