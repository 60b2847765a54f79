import type { Policy } from './policies.queries';
import { draftOf, inputOf, METRICS, newMetric, placeOf } from './policy-draft';

it('SLA-03: a new policy offers all six metrics and promises two', () => {
  const draft = draftOf(null, 'c1');
  expect(draft.metrics.map(({ metric }) => metric)).toEqual([...METRICS]);
  expect(inputOf({ ...draft, name: 'Общие' })).toMatchObject({
    name: 'Общие',
    when: { all: [] },
    calendarId: 'c1',
    metrics: [
      { metric: 'reaction', seconds: 3600 },
      { metric: 'resolution', seconds: 28_800, pauseCategories: ['waiting_client', 'waiting_partner'] },
    ],
  });
  expect(inputOf(draft).metrics[0]).not.toHaveProperty('isOn');
});

it('SLA-05: several limits of statuses stay several, and a refusal finds the one it means', () => {
  const limits = ['s1', 's2'].map((id) => ({ ...newMetric('dwell'), statusIds: [id] }));
  const policy = {
    name: 'А',
    isActive: true,
    when: { all: [] },
    calendar: { id: 'c1' },
    metrics: limits,
  } as unknown as Policy;
  const draft = draftOf(policy, '');
  expect(draft.metrics).toHaveLength(METRICS.length + 1);
  expect(inputOf(draft).metrics.map(({ statusIds }) => statusIds)).toEqual([['s1'], ['s2']]);
  expect(placeOf(draft.metrics, draft.metrics.length - 1)).toBe(1);
});
