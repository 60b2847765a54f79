import { slicesOf } from './owner-slices';

it('SLA-09: the bar is whole, its longest owner first, the shortest still to be seen', () => {
  const slices = slicesOf(
    [
      { owner: 'queue', id: 't1', name: 'Первая линия', seconds: 60 },
      { owner: 'person', id: 'e1', name: 'Иванов', seconds: 36_000 },
      { owner: 'person', id: 'e2', name: 'Петров', seconds: 18_000 },
      { owner: 'partner', id: null, name: null, seconds: 0 },
    ],
    54_060,
  );
  expect(slices.map(({ name, percent }) => [name, percent])).toEqual([
    ['Иванов', 67],
    ['Петров', 33],
    ['Первая линия', 0],
  ]);
  expect(slices.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100, 6);
  expect(slices.at(-1)?.share).toBeGreaterThan(1);
  expect(slices.map(({ shade }) => shade)).toEqual([0, 1, 0]);
});

it('SLA-09: a ticket of this second has an empty bar', () => {
  expect(slicesOf([{ owner: 'queue', id: null, name: null, seconds: 0 }], 0)).toEqual([]);
});
