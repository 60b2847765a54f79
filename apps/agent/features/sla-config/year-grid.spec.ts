import { yearOf } from './calendar-days';
import { columnOf, dayAfter, monthsOf } from './year-grid';

const days = yearOf({ timeZone: 'UTC', week: {} }, [], 2026);

it('SLA-02: a year has twelve months, each beginning under its weekday', () => {
  const months = monthsOf(days);
  expect(months.map((month) => month.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
  expect(months.map(([first]) => first && columnOf(first))).toEqual([4, 7, 7, 3, 5, 1, 3, 6, 2, 4, 7, 2]);
});

it.each([
  ['ArrowRight', '2026-01-31', '2026-02-01'],
  ['ArrowLeft', '2026-01-01', '2026-01-01'],
  ['ArrowDown', '2026-12-30', '2026-12-31'],
  ['ArrowUp', '2026-02-03', '2026-01-27'],
  ['PageDown', '2026-01-31', '2026-02-28'],
  ['PageDown', '2026-12-05', '2026-12-05'],
  ['PageUp', '2026-03-15', '2026-02-15'],
  ['Home', '2026-03-15', '2026-01-01'],
  ['End', '2026-03-15', '2026-12-31'],
  ['Enter', '2026-03-15', undefined],
])('SLA-02: %s leads from %s to %s', (key, from, to) => {
  expect(dayAfter(key, from, days)).toBe(to);
});
