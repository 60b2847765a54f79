import { moved } from './reorder';

it.each([
  [0, 2, 'bcad'],
  [3, 0, 'dabc'],
  [1, 1, 'abcd'],
  [0, -1, 'abcd'],
  [1, 99, 'acdb'],
  [9, 0, 'abcd'],
])('SLA-01: from place %s to %s', (from, to, order) => {
  expect(moved([...'abcd'], from, to).join('')).toBe(order);
});
