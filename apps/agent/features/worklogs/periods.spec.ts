import { daysOf } from './periods';
import { clockText } from './spent';

describe('periods of worked time', () => {
  it.each([
    ['week', '2026-11-22', '2026-11-16', '2026-11-22'],
    ['week', '2026-11-23', '2026-11-23', '2026-11-29'],
    ['week', '2026-01-01', '2025-12-29', '2026-01-04'],
    ['month', '2026-02-14', '2026-02-01', '2026-02-28'],
    ['month', '2024-02-14', '2024-02-01', '2024-02-29'],
    ['lastMonth', '2026-01-31', '2025-12-01', '2025-12-31'],
    ['lastMonth', '2026-03-31', '2026-02-01', '2026-02-28'],
  ] as const)('B-01: %s on %s is %s to %s', (period, today, from, to) =>
    expect(daysOf(period, new Date(`${today}T12:00:00`))).toEqual({ from, to }),
  );

  it.each([
    [0, '0:00:00'],
    [59, '0:00:59'],
    [3727, '1:02:07'],
    [360_000, '100:00:00'],
  ])('B-01: a clock of %i s shows %s', (seconds, text) => expect(clockText(seconds)).toBe(text));
});
