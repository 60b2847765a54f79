import { addDays, columnsOf, mondayOf, todayOf } from './absence-days';

describe('R-02: days of absences', () => {
  it.each([
    ['2026-11-22', '2026-11-16'],
    ['2026-11-23', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
  ])('R-02: the week of %s begins on %s', (day, monday) => expect(mondayOf(day)).toBe(monday));

  it('R-02: days go over the ends of months', () => expect(addDays('2026-12-31', 1)).toBe('2027-01-01'));
  it('R-02: today is the day of the reader', () => expect(todayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05'));

  it.each([
    ['inside', '2026-11-24', '2026-11-25', { from: 2, to: 4 }],
    ['one day', '2026-11-23', '2026-11-23', { from: 1, to: 2 }],
    ['begun before', '2026-11-01', '2026-11-24', { from: 1, to: 3 }],
    ['over before', '2026-11-01', '2026-11-22', undefined],
    ['later', '2026-11-30', '2026-12-02', undefined],
    ['longer than the window', '2026-11-01', '2026-12-31', { from: 1, to: 8 }],
  ])('R-02: an absence %s has its columns', (_, firstDay, lastDay, columns) =>
    expect(columnsOf({ firstDay, lastDay }, '2026-11-23', 7)).toEqual(columns),
  );
});
