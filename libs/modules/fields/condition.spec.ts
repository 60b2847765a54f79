import {
  type Condition,
  type ConditionField,
  conditionProblems,
  explain,
  type Facts,
  matches,
  OPERATORS_OF,
  partAt,
} from './condition';
import { implies, isContradiction } from './condition-logic';

const A = '019b7500-0000-7000-8000-00000000000a';
const B = '019b7500-0000-7000-8000-00000000000b';
const is = (field: string, value: unknown): Condition => ({ field, op: 'is', value });
const isNot = (field: string, value: unknown): Condition => ({ field, op: 'is_not', value });
const clause = (field: string, op: string, value?: unknown) => ({ field, op, value }) as Condition;

const FACTS: Facts = {
  typeId: A,
  subject: 'Не печатает Принтер',
  plannedSeconds: 3600,
  'cf.cost': '1500.50',
  'cf.serial': '007',
  'cf.start': '2026-11-22',
  'cf.moment': '2026-11-22T10:00:00.000Z',
  'cf.urgent': false,
  companyCategoryIds: [A, B],
  description: '  ',
  teamId: null,
};

describe('T-04: a condition and the facts', () => {
  it.each<[string, Condition, boolean]>([
    ['an empty condition', { all: [] }, true],
    ['the value', is('typeId', A), true],
    ['the value in another case', is('typeId', A.toUpperCase()), true],
    ['another value', is('typeId', B), false],
    ['not another value', isNot('typeId', B), true],
    ['an unknown fact is not a value', is('toString', 'x'), false],
    ['an unknown fact is empty', clause('constructor', 'empty'), true],
    ['one of', clause('typeId', 'in', [B, A]), true],
    ['none of', clause('typeId', 'not_in', [B, A]), false],
    ['nothing is none of', clause('teamId', 'not_in', [A]), true],
    ['one member of a list', is('companyCategoryIds', B), true],
    ['no member of a list', isNot('companyCategoryIds', B), false],
    ['a text of spaces is empty', clause('description', 'empty'), true],
    ['false is a value', clause('cf.urgent', 'not_empty'), true],
    ['false is false', is('cf.urgent', false), true],
    ['false is not a text', is('cf.urgent', 'false'), false],
    ['part of a text without case', clause('subject', 'contains', 'принтер'), true],
    ['start of a text', clause('subject', 'starts_with', 'не '), true],
    ['middle is no start', clause('subject', 'starts_with', 'печат'), false],
    ['more than', clause('plannedSeconds', 'gt', 3599), true],
    ['not more than itself', clause('plannedSeconds', 'gt', 3600), false],
    ['at least itself', clause('plannedSeconds', 'gte', 3600), true],
    ['money by size, not by letters', clause('cf.cost', 'gt', '900'), true],
    ['money however it is written', is('cf.cost', '1500.5'), true],
    ['digits of a text are no number', is('cf.serial', '7'), false],
    ['a day before a day', clause('cf.start', 'lt', '2026-11-23'), true],
    ['a moment however it is written', is('cf.moment', '2026-11-22T13:00:00+03:00'), true],
    ['nothing is less than nothing', clause('teamId', 'lt', 5), false],
    ['a text has no order', clause('subject', 'gt', 5), false],
    ['all', { all: [is('typeId', A), is('plannedSeconds', 3600)] }, true],
    ['any', { any: [is('typeId', B), is('plannedSeconds', 3600)] }, true],
    ['not', { not: is('typeId', A) }, false],
  ])('%s', (_, condition, expected) => expect(matches(condition, FACTS)).toBe(expected));

  it('says which clauses fail', () => {
    const condition: Condition = {
      all: [
        is('typeId', A),
        { any: [is('typeId', B), is('teamId', B)] },
        { not: is('typeId', A) },
        clause('teamId', 'not_empty'),
      ],
    };
    expect(explain(condition, FACTS)).toEqual(['/all/1/any/0', '/all/1/any/1', '/all/2/not', '/all/3']);
    expect(partAt(condition, '/all/1/any/1')).toEqual(is('teamId', B));
    expect(partAt(condition, '/all/__proto__/x')).toBeUndefined();
    expect(explain({ all: [] }, FACTS)).toEqual([]);
    expect(explain(is('typeId', B), FACTS)).toEqual(['']);
  });
});

const field = (name: string, type: ConditionField['type'], more: Partial<ConditionField> = {}): ConditionField => ({
  name,
  label: name,
  type,
  ops: OPERATORS_OF[type],
  ...more,
});
const option = (value: string) => ({ value, label: value });
const CATALOGUE = [
  field('typeId', 'choice', { options: [option(A), option(B)] }),
  field('subject', 'text'),
  field('plannedSeconds', 'number'),
  field('cf.cost', 'money'),
  field('cf.start', 'date'),
  field('cf.urgent', 'boolean'),
  field('cf.kinds', 'choices', { options: [option('a'), option('b')] }),
  field('companyId', 'reference', { reference: 'company' }),
];

describe('T-04: what is wrong with a condition', () => {
  const deep = (levels: number): unknown => (levels ? { not: deep(levels - 1) } : is('typeId', A));
  it.each<[string, unknown, [string, string][]]>([
    ['nothing', { all: [is('typeId', A), clause('companyId', 'in', [A])] }, []],
    ['no object', 'typeId', [['/when', 'conditionShape']]],
    ['nothing at all', null, [['/when', 'conditionShape']]],
    ['a list', [], [['/when', 'conditionShape']]],
    ['any of nothing', { any: [] }, [['/when/any', 'conditionShape']]],
    ['two joins', { all: [], any: [] }, [['/when', 'conditionShape']]],
    ['a foreign key', { ...is('typeId', A), x: 1 }, [['/when', 'conditionShape']]],
    ['a list for a field', { field: ['typeId'], op: 'is', value: A }, [['/when', 'conditionShape']]],
    ['an unknown field', { all: [is('nope', 1)] }, [['/when/all/0/field', 'conditionFieldUnknown']]],
    ['a field of the prototype', is('__proto__', 1), [['/when/field', 'conditionFieldUnknown']]],
    ['an operator of another type', clause('typeId', 'gt', A), [['/when/op', 'conditionOperatorUnknown']]],
    ['an unknown operator', clause('typeId', 'like', A), [['/when/op', 'conditionOperatorUnknown']]],
    ['no option', is('typeId', 'c'), [['/when/value', 'conditionValueUnknown']]],
    ['no member of the list', clause('cf.kinds', 'in', ['a', 'z']), [['/when/value/1', 'conditionValueUnknown']]],
    ['an empty list', clause('typeId', 'in', []), [['/when/value', 'conditionListExpected']]],
    ['a scalar for a list', clause('typeId', 'in', A), [['/when/value', 'conditionListExpected']]],
    ['a list for a scalar', is('typeId', [A]), [['/when/value', 'conditionValueWrong']]],
    ['a text for a number', is('plannedSeconds', '5'), [['/when/value', 'conditionValueWrong']]],
    ['a number for money', is('cf.cost', 5), [['/when/value', 'conditionValueWrong']]],
    ['a day that is not', is('cf.start', '2026-02-30'), [['/when/value', 'conditionValueWrong']]],
    ['a text for yes or no', is('cf.urgent', 'true'), [['/when/value', 'conditionValueWrong']]],
    ['no id', is('companyId', 'x'), [['/when/value', 'conditionValueWrong']]],
    ['an empty text', clause('subject', 'contains', ' '), [['/when/value', 'conditionValueWrong']]],
    ['a value where none is asked', clause('subject', 'empty', 1), [['/when/value', 'conditionValueWrong']]],
    ['four levels', deep(4), []],
    ['five levels', deep(5), [['/when/not/not/not/not/not', 'conditionTooDeep']]],
    ['51 clauses', { all: Array(51).fill(is('typeId', A)) }, [['/when/all', 'conditionTooMany']]],
    [
      'two problems at once',
      { all: [is('nope', 1), is('typeId', 'c')] },
      [
        ['/when/all/0/field', 'conditionFieldUnknown'],
        ['/when/all/1/value', 'conditionValueUnknown'],
      ],
    ],
  ])('%s', (_, condition, expected) =>
    expect(
      conditionProblems(condition, CATALOGUE).map(({ pointer, code }) => [pointer, code.replace('fields.', '')]),
    ).toEqual(expected),
  );
});

describe('T-04: a condition that nothing can meet', () => {
  it.each<[string, Condition, boolean]>([
    ['always true', { all: [] }, false],
    ['never', { not: { all: [] } }, true],
    ['two values of one field', { all: [is('typeId', A), is('typeId', B)] }, true],
    ['one of two', { any: [is('typeId', A), is('typeId', B)] }, false],
    ['a value and not it', { all: [is('subject', 'x'), isNot('subject', 'X')] }, true],
    ['lists without a common member', { all: [clause('typeId', 'in', [A]), clause('typeId', 'in', [B])] }, true],
    ['lists with a common member', { all: [clause('typeId', 'in', [A, B]), clause('typeId', 'in', [B])] }, false],
    ['a value and empty', { all: [is('subject', 'x'), clause('subject', 'empty')] }, true],
    ['empty and more than', { all: [clause('plannedSeconds', 'gt', 1), clause('plannedSeconds', 'empty')] }, true],
    [
      'not more than, and empty',
      { all: [{ not: clause('plannedSeconds', 'gt', 1) }, clause('plannedSeconds', 'empty')] },
      false,
    ],
    ['above and below', { all: [clause('plannedSeconds', 'gt', 5), clause('plannedSeconds', 'lt', 5)] }, true],
    ['exactly between', { all: [clause('plannedSeconds', 'gte', 5), clause('plannedSeconds', 'lte', 5)] }, false],
    [
      'exactly between, refused',
      { all: [clause('plannedSeconds', 'gte', 5), clause('plannedSeconds', 'lte', 5), isNot('plannedSeconds', 5)] },
      true,
    ],
    [
      'neither above nor not above, filled',
      { all: [{ not: clause('plannedSeconds', 'gt', 5) }, clause('plannedSeconds', 'gte', 6)] },
      true,
    ],
    ['a value outside the bounds', { all: [is('cf.cost', '100'), clause('cf.cost', 'gt', '200.00')] }, true],
    ['two starts', { all: [clause('subject', 'starts_with', 'аб'), clause('subject', 'starts_with', 'ав')] }, true],
    [
      'a start within a start',
      { all: [clause('subject', 'starts_with', 'аб'), clause('subject', 'starts_with', 'абв')] },
      false,
    ],
    [
      'a part refused and asked',
      { all: [clause('subject', 'contains', 'абв'), { not: clause('subject', 'contains', 'б') }] },
      true,
    ],
    ['two members of a list field', { all: [is('cf.kinds', 'a'), is('cf.kinds', 'b')] }, false],
    ['a member and not it', { all: [is('cf.kinds', 'a'), isNot('cf.kinds', 'a')] }, true],
    ['every option refused', { all: [isNot('typeId', A), isNot('typeId', B), clause('typeId', 'not_empty')] }, true],
    [
      'neither yes nor no',
      { all: [isNot('cf.urgent', true), isNot('cf.urgent', false), clause('cf.urgent', 'not_empty')] },
      true,
    ],
    ['every way is absurd', { any: [{ all: [is('typeId', A), is('typeId', B)] }, { not: { all: [] } }] }, true],
    ['one way is left', { all: [is('typeId', A), { any: [is('typeId', B), is('subject', 'x')] }] }, false],
    ['different fields', { all: [is('typeId', A), is('subject', A)] }, false],
  ])('%s', (_, condition, expected) => expect(isContradiction(condition, CATALOGUE)).toBe(expected));

  it('without the catalogue a custom field may hold several values', () => {
    const both: Condition = { all: [is('cf.kinds', 'a'), is('cf.kinds', 'b')] };
    expect(isContradiction(both)).toBe(false);
    expect(isContradiction({ all: [is('typeId', A), is('typeId', B)] })).toBe(true);
    expect(isContradiction({ all: [is('companyCategoryIds', A), is('companyCategoryIds', B)] })).toBe(false);
  });

  it('answers soon also where it cannot know', () => {
    const wide: Condition = {
      all: Array.from({ length: 12 }, (_, i) => ({ any: Array.from({ length: 4 }, (_, j) => is(`f${i}`, `${j}`)) })),
    };
    const start = performance.now();
    expect(isContradiction(wide)).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('T-04: one condition within another', () => {
  it.each<[string, Condition, Condition, boolean]>([
    ['anything is within «always»', is('typeId', A), { all: [] }, true],
    ['«always» is not within a value', { all: [] }, is('typeId', A), false],
    ['itself', is('typeId', A), is('typeId', A), true],
    ['a value within a list', is('typeId', A), clause('typeId', 'in', [A, B]), true],
    ['a list within a value', clause('typeId', 'in', [A, B]), is('typeId', A), false],
    ['more clauses within fewer', { all: [is('typeId', A), is('subject', 'x')] }, is('typeId', A), true],
    ['a narrower bound', clause('plannedSeconds', 'gt', 10), clause('plannedSeconds', 'gte', 5), true],
    ['a wider bound', clause('plannedSeconds', 'gt', 1), clause('plannedSeconds', 'gte', 5), false],
    ['a value within a bound', is('plannedSeconds', 7), clause('plannedSeconds', 'gte', 5), true],
    ['a value is not empty', is('subject', 'x'), clause('subject', 'not_empty'), true],
    ['every option', clause('typeId', 'not_empty'), clause('typeId', 'in', [A, B]), true],
    ['a longer start', clause('subject', 'starts_with', 'абв'), clause('subject', 'starts_with', 'аб'), true],
    ['another field', is('typeId', A), is('subject', A), false],
  ])('%s', (_, one, other, expected) => expect(implies(one, other, CATALOGUE)).toBe(expected));
});
