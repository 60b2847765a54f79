import { countedSeconds, dayOf, isDay, isLocked, isWithinWindow } from './time-rules';

const at = (text: string) => new Date(text);

describe('rules of worked time', () => {
  it.each([
    ['2026-11-22', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-11-22T00:00:00Z', false],
    ['22.11.2026', false],
    [20261122, false],
    [null, false],
  ])('B-01: %j is a day: %s', (text, is) => expect(isDay(text)).toBe(is));

  it.each([
    ['2026-11-22T20:59:59Z', 'Europe/Moscow', '2026-11-22'],
    ['2026-11-22T21:00:00Z', 'Europe/Moscow', '2026-11-23'],
    ['2026-11-22T14:30:00Z', 'Asia/Vladivostok', '2026-11-23'],
    ['2026-01-01T00:30:00Z', 'America/New_York', '2025-12-31'],
  ])('B-01: %s in %s is %s', (moment, zone, day) => expect(dayOf(at(moment), zone)).toBe(day));

  it.each([
    ['2026-10-31', '2026-10-31', true],
    ['2026-11-01', '2026-10-31', false],
    ['2020-01-01', null, false],
  ])('B-01: %s under a lock until %s: %s', (day, until, locked) => expect(isLocked(day, until)).toBe(locked));

  it.each([
    ['2026-11-22T12:00:00Z', 72, true],
    ['2026-11-25T10:00:00Z', 72, true],
    ['2026-11-25T10:00:01Z', 72, false],
    ['2027-11-25T10:00:01Z', null, true],
    ['2026-11-22T10:00:01Z', 0, false],
  ])('B-01: written on 22.11 at 10:00, at %s with %j hours: %s', (now, hours, may) =>
    expect(isWithinWindow(at('2026-11-22T10:00:00Z'), at(now), hours)).toBe(may),
  );

  it.each([
    [0, '2026-11-22T10:00:00Z', 90],
    [600, '2026-11-22T10:00:00Z', 690],
    [600, null, 600],
    [600, '2026-11-22T11:00:00Z', 600],
  ])('B-01: a timer with %i s, running since %j', (accumulatedSeconds, since, counted) =>
    expect(
      countedSeconds({ accumulatedSeconds, runningSince: since ? at(since) : null }, at('2026-11-22T10:01:30.900Z')),
    ).toBe(counted),
  );
});
