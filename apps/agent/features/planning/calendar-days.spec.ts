import { dayKey, dayOfKey, onDay, shownDays, turned } from './calendar-days';

const keys = (around: string, span: 'month' | 'week') => shownDays(dayOfKey(around), span).map(dayKey);

it.each([
  ['2026-03-15', '2026-02-23', '2026-04-05', 42],
  ['2026-02-10', '2026-01-26', '2026-03-01', 35],
  ['2027-02-10', '2027-02-01', '2027-02-28', 28],
  ['2026-11-30', '2026-10-26', '2026-12-06', 42],
])('T-17: the month of %s is shown from %s to %s', (around, first, last, count) => {
  const days = keys(around, 'month');
  expect([days[0], days[days.length - 1], days.length]).toEqual([first, last, count]);
  expect(new Set(days).size).toBe(count);
});

it('T-17: a week begins on Monday', () =>
  expect(keys('2026-03-01', 'week')).toEqual([
    '2026-02-23',
    '2026-02-24',
    '2026-02-25',
    '2026-02-26',
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]));

it('T-17: from the 31st one gets to the end of a shorter month', () => {
  expect(dayKey(turned(dayOfKey('2026-01-31'), 'month', 1))).toBe('2026-02-28');
  expect(dayKey(turned(dayOfKey('2026-01-31'), 'week', -1))).toBe('2026-01-24');
});

it('T-17: a date that is moved keeps its time of day', () => {
  const moved = onDay(new Date(2026, 2, 5, 9, 30).toISOString(), '2026-04-02');
  expect([dayKey(moved), moved.getHours(), moved.getMinutes()]).toEqual(['2026-04-02', 9, 30]);
});
