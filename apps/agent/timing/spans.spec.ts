import { exactSpan, shortSpan, workSpan } from './spans';

const RU = { day: 'д', hour: 'ч', minute: 'м', second: 'с' };

it.each([
  [72 * 60, '1 ч 12 м'],
  [72 * 60 + 59, '1 ч 12 м'],
  [3600, '1 ч'],
  [59, '59 с'],
  [60, '1 м'],
  [0, '0 с'],
  [0.9, '0 с'],
  [-0.4, '0 с'],
  [-14 * 60 - 59, '−14 м'],
  [-45, '−45 с'],
  [86_400 + 3 * 3600 + 60, '1 д 3 ч'],
  [86_400, '1 д'],
  [99 * 86_400 + 23 * 3600, '99 д 23 ч'],
  [-134 * 86_400 - 3600, '−134 д'],
])('SLA-04: %s s are told as «%s» on a clock', (seconds, told) => {
  expect(shortSpan(seconds, RU)).toBe(told);
});

it.each([
  [7507, '2 ч 5 м 7 с'],
  [8 * 3600, '8 ч'],
  [50 * 3600 + 1, '50 ч 1 с'],
  [0, '0 с'],
  [-61, '−1 м 1 с'],
])('SLA-08: %s s are told to the second as «%s»', (seconds, told) => {
  expect(exactSpan(seconds, RU)).toBe(told);
});

it.each([
  [59, '59 с'],
  [3 * 3600 + 60, '3 ч 1 м'],
  [27 * 3600, '27 ч'],
  [27 * 3600 + 5 * 60, '27 ч 5 м'],
  [-27 * 3600, '−27 ч'],
  [755 * 3600 + 59 * 60, '755 ч'],
])('SLA-04: %s s of working time are told as «%s», never in days', (seconds, told) => {
  expect(workSpan(seconds, RU)).toBe(told);
});
