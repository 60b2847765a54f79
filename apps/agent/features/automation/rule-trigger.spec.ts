import { newTrigger, secondsOf, waitOf } from './rule-trigger';

it.each([
  [60, { count: 1, unit: 'minute' }],
  [5400, { count: 90, unit: 'minute' }],
  [7200, { count: 2, unit: 'hour' }],
  [-7200, { count: 2, unit: 'hour' }],
  [259_200, { count: 3, unit: 'day' }],
] as const)('R-06: %i seconds read as %o', (seconds, wait) => {
  expect(waitOf(seconds)).toEqual(wait);
  expect(secondsOf(wait)).toBe(Math.abs(seconds));
});

it.each([
  ['Europe/Moscow', '2026-11-23'],
  ['America/Los_Angeles', '2026-11-22'],
  ['Pacific/Auckland', '2026-11-23'],
])('R-06: a schedule begins on the day its own clock shows: %s', (timeZone, startsOn) =>
  expect(newTrigger('schedule', timeZone, new Date('2026-11-22T22:30:00Z'))).toMatchObject({ startsOn, timeZone }),
);
