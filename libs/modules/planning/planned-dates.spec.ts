import { dayRules } from '@opora/modules/sla';
import { dateAfterDone, plannedDates, type Shift, wallText } from './planned-dates';
import { readRuleText, readStamp } from './recurrence-rule';

const WORKED = [{ from: '09:00', to: '18:00' }];
/** Five days a week; 1–8 January and 23 February 2026 are holidays, Saturday 14 February is worked, Friday 20 February is an exception. */
const days = dayRules(
  {
    timeZone: 'UTC',
    week: { mon: WORKED, tue: WORKED, wed: WORKED, thu: WORKED, fri: WORKED },
    dated: { '2026-02-20': [] },
    holidays: 'RU',
  },
  new Map([
    ...[1, 2, 5, 6, 7, 8].map((day) => [`2026-01-0${day}`, 'off'] as const),
    ['2026-02-23', 'off'],
    ['2026-02-14', 'working'],
  ]),
);
const datesOf = (rrule: string, start: string, shift: Shift, asked: { from?: number; to?: number; count?: number }) =>
  plannedDates(
    { rule: readRuleText(rrule).rule, start: readStamp(start)!.seconds, timeZone: 'Europe/Moscow' },
    { shift, days },
    asked,
  );
const short = (local: number): string => wallText(local).slice(5, 16).replace('T', ' ');

describe('T-17: shifts by the working calendar', () => {
  it.each<[string, string, string, Shift, number, string[]]>([
    [
      'the first working day of a month',
      'FREQ=MONTHLY;BYMONTHDAY=1',
      '2026-01-01 09:00',
      'next_working',
      4,
      ['01-09 09:00 < 01-01 holiday', '02-02 09:00 < 02-01 day_off', '03-02 09:00 < 03-01 day_off', '04-01 09:00'],
    ],
    [
      'the last working day of a month',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      '2026-01-31 09:00',
      'previous_working',
      3,
      ['01-30 09:00 < 01-31 day_off', '02-27 09:00 < 02-28 day_off', '03-31 09:00'],
    ],
    ['days off left out', 'FREQ=DAILY', '2026-02-19 09:00', 'skip', 3, ['02-19 09:00', '02-24 09:00', '02-25 09:00']],
    ['no shift', 'FREQ=DAILY', '2026-02-20 09:00', 'none', 2, ['02-20 09:00', '02-21 09:00']],
    [
      'a worked Saturday stays',
      'FREQ=WEEKLY;BYDAY=SA',
      '2026-02-07 09:00',
      'next_working',
      3,
      ['02-09 09:00 < 02-07 day_off', '02-14 09:00', '02-24 09:00 < 02-21 day_off'],
    ],
    [
      'an exception of the calendar',
      'FREQ=WEEKLY;BYDAY=FR;COUNT=1',
      '2026-02-20 09:00',
      'next_working',
      5,
      ['02-24 09:00 < 02-20 exception'],
    ],
    [
      'what moves back comes before what stood there',
      'FREQ=WEEKLY;BYDAY=FR,SA;BYHOUR=9,15',
      '2026-01-30 09:00',
      'previous_working',
      3,
      ['01-30 09:00 +01-31', '01-30 15:00 +01-31', '02-06 09:00 +02-07'],
    ],
    [
      'what moves on comes after an earlier time of that day',
      'FREQ=WEEKLY;BYDAY=SU,MO;BYHOUR=9',
      '2026-02-01 09:00',
      'next_working',
      2,
      ['02-02 09:00 +02-01', '02-09 09:00 +02-08'],
    ],
  ])('%s', (_, rrule, start, shift, count, expected) => {
    const found = datesOf(rrule, start, shift, { count }).dates.map(({ local, shiftedFrom, why, merged }) =>
      [
        short(local),
        shiftedFrom === null ? '' : `< ${short(shiftedFrom).slice(0, 5)} ${why}`,
        ...merged.map((one) => `+${short(one).slice(0, 5)}`),
      ]
        .filter(Boolean)
        .join(' '),
    );
    expect(found).toEqual(expected);
  });

  it('a date is the same whatever stretch is asked for', () => {
    for (const shift of ['next_working', 'previous_working', 'skip', 'none'] as const) {
      for (const rrule of ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=9,15', 'FREQ=MONTHLY;BYMONTHDAY=1,9']) {
        const [first, last] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 3, 1)];
        const whole = datesOf(rrule, '2025-12-01 09:00', shift, { from: first, to: last }).dates;
        const pieces: typeof whole = [];
        for (let from = first; from < last; from += 3 * 86_400_000)
          pieces.push(
            ...datesOf(rrule, '2025-12-01 09:00', shift, { from, to: Math.min(from + 3 * 86_400_000, last) }).dates,
          );
        expect(pieces).toEqual(whole);
        expect(whole.length).toBeGreaterThan(1);
      }
    }
  });

  it('names what a day off took away', () => {
    const { left } = datesOf('FREQ=DAILY', '2026-02-20 09:00', 'skip', { count: 1 });
    expect(left.map(({ local, why }) => `${short(local)} ${why}`)).toEqual([
      '02-20 09:00 exception',
      '02-21 09:00 day_off',
      '02-22 09:00 day_off',
      '02-23 09:00 holiday',
    ]);
  });

  it('a rule that only falls on days off ends with nothing', () => {
    const began = performance.now();
    expect(datesOf('FREQ=WEEKLY;BYDAY=SU', '2026-02-01 09:00', 'skip', { count: 5 })).toMatchObject({
      dates: [],
      isCut: true,
    });
    expect(performance.now() - began).toBeLessThan(2500);
  });

  it.each<[string, number, Shift, string]>([
    ['2026-02-02T20:30:00Z', 30, 'none', '2026-03-04T09:00:00'],
    // In Moscow it is the third already.
    ['2026-02-02T21:30:00Z', 30, 'none', '2026-03-05T09:00:00'],
    ['2026-01-30T10:00:00Z', 1, 'next_working', '2026-02-02T09:00:00'],
    ['2026-01-30T10:00:00Z', 2, 'previous_working', '2026-01-30T09:00:00'],
    ['2026-01-30T10:00:00Z', 1, 'skip', '2026-02-02T09:00:00'],
  ])('done %s, %i days later with %s: %s', (done, after, shift, expected) => {
    const date = dateAfterDone(
      Date.parse(done),
      { days: after, start: readStamp('2026-01-01 09:00')!.seconds, timeZone: 'Europe/Moscow' },
      { shift, days },
    );
    expect(wallText(date.local)).toBe(expected);
  });
});
