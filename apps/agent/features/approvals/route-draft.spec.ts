import {
  draftOf,
  inputOf,
  limitsOf,
  messageAt,
  newApprover,
  newStage,
  type ApprovalIndex,
  type Threshold,
} from './route-draft';

const indexes: ApprovalIndex[] = [
  {
    id: 'i1',
    code: 'mrp',
    name: { ru: 'МРП (показатель)', en: 'MCI' },
    label: 'МРП (показатель)',
    currency: 'KZT',
    values: [],
  },
];
const mrp = (value: string): Threshold => ({ value, in: 'index', indexId: 'i1' });
const money = (value: string): Threshold => ({ value, in: 'money', indexId: null });

describe('for which amounts a route is', () => {
  it.each([
    [null, null, 'any', '', ''],
    [null, mrp('100'), 'upTo', '', '100 МРП'],
    [mrp('100'), mrp('500'), 'between', '100', '500 МРП'],
    [mrp('500'), null, 'over', '500 МРП', ''],
    [money('50000'), mrp('500'), 'between', '50000', '500 МРП'],
    [mrp('1'), money('50000'), 'between', '1 МРП', '50000'],
  ])('AP-02: %j to %j', (over, upTo, key, from, to) => {
    expect(limitsOf(over, upTo, indexes)).toEqual({ key, from, to });
  });
});

describe('a route as it is sent', () => {
  it('AP-01: has no words and no ids of the screen, and one language serves for both', () => {
    const draft = draftOf(null, 'k1');
    const stage = { ...newStage([]), name: { ru: ' Юрист ', en: '' }, k: 3, approvers: [newApprover('managers')] };
    const { name, definition } = inputOf({
      ...draft,
      name: { ru: 'Закупка', en: '' },
      definition: { ...draft.definition, stages: [stage] },
    });
    expect(name).toEqual({ ru: 'Закупка', en: 'Закупка' });
    expect(definition.stages[0]).not.toHaveProperty('id');
    expect(definition.stages[0]).toMatchObject({
      name: { ru: 'Юрист', en: 'Юрист' },
      k: null,
      approvers: [{ by: 'managers', levels: 1, upToRoleId: null }],
    });
  });

  it('AP-03: without a term there is nothing to remind of and nothing to escalate', () => {
    const draft = draftOf(null, 'k1');
    const escalate = { afterSeconds: 0, to: newApprover('managers') };
    const stage = { ...newStage([]), id: 's1', term: null, remindBefore: [3600], escalate };
    const { definition } = inputOf({ ...draft, definition: { ...draft.definition, stages: [stage] } });
    expect(definition.stages[0]).toMatchObject({ id: 's1', term: null, remindBefore: [], escalate: null });
  });

  it('AP-02: takes amounts as people write them', () => {
    const { upTo } = inputOf({ ...draftOf(null, 'k1'), upTo: money('50 000,50') });
    expect(upTo).toEqual(money('50000.50'));
  });
});

it('AP-01: new stages have ids of their own', () => {
  const first = newStage([]);
  expect(newStage([first]).id).not.toBe(first.id);
});

it('AP-01: a refusal stands at its place', () => {
  const problems = [
    { pointer: '/definition/stages/1/k', code: 'x', message: 'Сколько?' },
    { pointer: '/definition/stages/10/k', code: 'x', message: 'Другой' },
  ];
  expect(messageAt(problems, '/definition/stages/1')).toBe('Сколько?');
  expect(messageAt(problems, '/definition/stages/2')).toBeUndefined();
});
