import { addDays, daysShown, isDay, localDay, onDay, stepped, weekOf } from './calendar-days';

describe('T-19: days of a calendar', () => {
  it.each([
    ['2026-11-22', 'week', '2026-11-16', '2026-11-22', 7],
    ['2026-11-22', 'month', '2026-10-26', '2026-12-06', 42],
    ['2027-02-10', 'month', '2027-02-01', '2027-02-28', 28],
    ['2026-12-31', 'month', '2026-11-30', '2027-01-03', 35],
  ] as const)('%s by %s: from %s to %s', (anchor, span, first, last, count) => {
    const days = daysShown(anchor, span);
    expect([days[0], days.at(-1), days.length]).toEqual([first, last, count]);
  });

  it.each([
    ['2026-11-22', 'month', 1, '2026-12-01'],
    ['2026-12-31', 'month', 1, '2027-01-01'],
    ['2027-01-31', 'month', -1, '2026-12-01'],
    ['2026-11-22', 'week', -1, '2026-11-15'],
  ] as const)('%s by %s, %s: %s', (anchor, span, step, expected) => expect(stepped(anchor, span, step)).toBe(expected));

  it('T-19: a ticket moved to another day keeps its time', () => {
    const at = new Date(2026, 10, 22, 14, 30).toISOString();
    expect(onDay(at, '2026-12-01')).toBe(new Date(2026, 11, 1, 14, 30).toISOString());
    expect(localDay(onDay(at, '2026-12-01'))).toBe('2026-12-01');
  });

  it('knows what is a day', () => {
    expect(['2026-02-28', '2026-02-30', 'x', null].map(isDay)).toEqual([true, false, false, false]);
    expect([weekOf('2026-11-22'), addDays('2026-02-28', 1)]).toEqual(['2026-11-16', '2026-03-01']);
  });
});
