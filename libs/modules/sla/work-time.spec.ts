import holidays from './data/holidays-ru.json';
import type { CalendarDefinition, HolidayKind, Interval } from './work-day';
import { compileCalendar, due, elapsed, intersectCalendars, isOpen, type Pause, switchCalendar } from './work-time';

/** SLA-02: what is due when, as a table: reading it is reading the rules. */
const ru = new Map(
  Object.values(holidays.years)
    .flat()
    .map(({ date, kind }) => [date, kind as HolidayKind]),
);
const at = (from: string, to: string): Interval[] => [{ from, to }];
const OFFICE = at('09:00', '18:00');
const ALWAYS = at('00:00', '24:00');
const workdays = (hours: Interval[]) => ({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours });
const daily = (hours: Interval[]) => ({ ...workdays(hours), sat: hours, sun: hours });
const BREAK = [...at('09:00', '13:00'), ...at('14:00', '18:00')];
const NIGHTS = at('20:00', '08:00');

const MSK = 'Europe/Moscow';
const CALENDARS = {
  office: { timeZone: MSK, week: workdays(OFFICE) },
  russian: { timeZone: MSK, week: workdays(OFFICE), holidays: 'ru' },
  lunch: { timeZone: MSK, week: workdays(BREAK) },
  lunchRussian: { timeZone: MSK, week: workdays(BREAK), holidays: 'ru' },
  shop: { timeZone: MSK, week: daily(at('08:00', '24:00')) },
  always: { timeZone: MSK, week: daily(ALWAYS) },
  alwaysRussian: { timeZone: MSK, week: daily(ALWAYS), holidays: 'ru' },
  nights: { timeZone: MSK, week: workdays(NIGHTS) },
  nightsRussian: { timeZone: MSK, week: workdays(NIGHTS), holidays: 'ru' },
  fullShift: { timeZone: MSK, week: { mon: at('09:00', '09:00') } },
  vladivostok: { timeZone: 'Asia/Vladivostok', week: workdays(OFFICE), holidays: 'ru' },
  exceptions: {
    timeZone: MSK,
    week: workdays(OFFICE),
    yearly: { '12-31': at('09:00', '13:00'), '03-17': [], '02-29': [], '05-08': at('10:00', '12:00') },
    dated: { '2026-03-17': at('12:00', '14:00'), '2026-03-18': [], '2026-03-21': OFFICE, '2026-06-12': OFFICE },
    holidays: 'ru',
  },
  nightException: {
    timeZone: MSK,
    week: daily(at('22:00', '06:00')),
    dated: { '2026-03-11': [], '2026-03-13': at('23:00', '01:00') },
  },
  berlin: { timeZone: 'Europe/Berlin', week: daily(ALWAYS) },
  berlinNight: { timeZone: 'Europe/Berlin', week: { sat: at('22:00', '06:00') } },
  berlinGap: { timeZone: 'Europe/Berlin', week: { sun: at('02:30', '03:30') } },
  berlinTwice: { timeZone: 'Europe/Berlin', week: { sun: at('02:00', '03:00') } },
  berlinHalf: { timeZone: 'Europe/Berlin', week: { sun: at('01:00', '02:30') } },
  berlinOffice: { timeZone: 'Europe/Berlin', week: workdays(OFFICE) },
  newYork: { timeZone: 'America/New_York', week: { sun: at('00:00', '06:00') } },
  lordHowe: { timeZone: 'Australia/Lord_Howe', week: { sun: at('01:00', '03:00') } },
  kathmandu: { timeZone: 'Asia/Kathmandu', week: workdays(OFFICE) },
  samoa: { timeZone: 'Pacific/Apia', week: daily(OFFICE) },
  saoPaulo: { timeZone: 'America/Sao_Paulo', week: { sun: at('00:00', '02:00') } },
  saoPauloNight: { timeZone: 'America/Sao_Paulo', week: { sat: at('22:00', '02:00') } },
  empty: { timeZone: MSK, week: {} },
  once: { timeZone: MSK, week: {}, dated: { '2026-05-05': at('10:00', '11:00') } },
  leapDay: { timeZone: MSK, week: {}, yearly: { '02-29': at('10:00', '11:00') } },
} satisfies Record<string, CalendarDefinition>;
type Name = keyof typeof CALENDARS;

const compiled = new Map(Object.entries(CALENDARS).map(([name, calendar]) => [name, compileCalendar(calendar, ru)]));
const calendarOf = (name: Name) => compiled.get(name)!;
const moment = (text: string) => Date.parse(text);
const iso = (value: number | null) => (value === null ? null : new Date(value).toISOString());
const H = 3600;
const M = 60;

type Due = [calendar: Name, start: string, seconds: number, due: string | null];
const facts = (rows: Due[]) =>
  it.each(rows)('SLA-02: %s from %s, %i s of work: due %s', (name, start, seconds, expected) => {
    const answer = due(calendarOf(name), moment(start), seconds);
    expect(iso(answer)).toBe(expected === null ? null : iso(moment(expected)));
    if (answer !== null) expect(elapsed(calendarOf(name), moment(start), answer)).toBe(seconds);
  });

describe('an ordinary week', () => {
  facts([
    ['office', '2026-06-01T09:00:00+03:00', 1 * H, '2026-06-01T10:00:00+03:00'],
    ['office', '2026-06-01T09:00:00+03:00', 0, '2026-06-01T09:00:00+03:00'],
    ['office', '2026-06-06T12:00:00+03:00', 0, '2026-06-06T12:00:00+03:00'],
    ['office', '2026-06-01T09:00:00+03:00', 1, '2026-06-01T09:00:01+03:00'],
    ['office', '2026-06-01T08:00:00+03:00', 1 * H, '2026-06-01T10:00:00+03:00'],
    ['office', '2026-06-01T17:00:00+03:00', 1 * H, '2026-06-01T18:00:00+03:00'],
    ['office', '2026-06-01T17:00:00+03:00', 1 * H + 1, '2026-06-02T09:00:01+03:00'],
    ['office', '2026-06-01T18:00:00+03:00', 1, '2026-06-02T09:00:01+03:00'],
    ['office', '2026-06-01T17:59:59+03:00', 1, '2026-06-01T18:00:00+03:00'],
    ['office', '2026-06-01T17:59:59+03:00', 2, '2026-06-02T09:00:01+03:00'],
    ['office', '2026-06-05T17:30:00+03:00', 1 * H, '2026-06-08T09:30:00+03:00'],
    ['office', '2026-06-06T12:00:00+03:00', 1 * H, '2026-06-08T10:00:00+03:00'],
    ['office', '2026-06-07T23:59:59+03:00', 1, '2026-06-08T09:00:01+03:00'],
    ['office', '2026-06-01T09:00:00+03:00', 9 * H, '2026-06-01T18:00:00+03:00'],
    ['office', '2026-06-01T09:00:00+03:00', 45 * H, '2026-06-05T18:00:00+03:00'],
    ['office', '2026-06-01T09:00:00+03:00', 45 * H + 1, '2026-06-08T09:00:01+03:00'],
    ['office', '2026-06-01T14:37:11+03:00', 8 * H, '2026-06-02T13:37:11+03:00'],
    ['office', '2026-01-01T00:00:00+03:00', 9 * H, '2026-01-01T18:00:00+03:00'],
    ['office', '2025-12-31T17:00:00+03:00', 2 * H, '2026-01-01T10:00:00+03:00'],
    ['lunch', '2026-06-01T12:30:00+03:00', 1 * H, '2026-06-01T14:30:00+03:00'],
    ['lunch', '2026-06-01T12:30:00+03:00', 30 * M, '2026-06-01T13:00:00+03:00'],
    ['lunch', '2026-06-01T13:15:00+03:00', 1 * M, '2026-06-01T14:01:00+03:00'],
    ['lunch', '2026-06-05T13:00:00+03:00', 8 * H, '2026-06-08T13:00:00+03:00'],
    ['shop', '2026-06-01T23:00:00+03:00', 1 * H, '2026-06-02T00:00:00+03:00'],
    ['shop', '2026-06-01T23:00:00+03:00', 2 * H, '2026-06-02T09:00:00+03:00'],
    ['shop', '2026-06-06T07:59:59+03:00', 16 * H, '2026-06-07T00:00:00+03:00'],
    ['always', '2026-06-01T23:00:00+03:00', 3 * H, '2026-06-02T02:00:00+03:00'],
    ['always', '2026-12-31T23:59:59+03:00', 2, '2027-01-01T00:00:01+03:00'],
    ['always', '2026-01-01T00:00:00+03:00', 365 * 24 * H, '2027-01-01T00:00:00+03:00'],
    ['always', '2024-02-28T12:00:00+03:00', 24 * H, '2024-02-29T12:00:00+03:00'],
  ]);
});

describe('shifts past midnight belong to the day they start on', () => {
  facts([
    ['nights', '2026-06-01T19:00:00+03:00', 12 * H, '2026-06-02T08:00:00+03:00'],
    ['nights', '2026-06-01T23:30:00+03:00', 1 * H, '2026-06-02T00:30:00+03:00'],
    ['nights', '2026-06-06T07:00:00+03:00', 1 * H, '2026-06-06T08:00:00+03:00'],
    ['nights', '2026-06-06T07:00:00+03:00', 2 * H, '2026-06-08T21:00:00+03:00'],
    ['nights', '2026-06-08T07:00:00+03:00', 1 * H, '2026-06-08T21:00:00+03:00'],
    ['nights', '2026-06-05T20:00:00+03:00', 12 * H + 1, '2026-06-08T20:00:01+03:00'],
    ['fullShift', '2026-06-01T08:00:00+03:00', 24 * H, '2026-06-02T09:00:00+03:00'],
    ['fullShift', '2026-06-02T08:00:00+03:00', 2 * H, '2026-06-08T10:00:00+03:00'],
    ['nightException', '2026-03-10T21:00:00+03:00', 8 * H, '2026-03-11T06:00:00+03:00'],
    ['nightException', '2026-03-11T06:00:00+03:00', 1 * H, '2026-03-12T23:00:00+03:00'],
    ['nightException', '2026-03-13T07:00:00+03:00', 2 * H, '2026-03-14T01:00:00+03:00'],
    ['nightException', '2026-03-13T05:00:00+03:00', 2 * H, '2026-03-14T00:00:00+03:00'],
    ['nightException', '2026-03-14T01:00:00+03:00', 1, '2026-03-14T22:00:01+03:00'],
    ['nightsRussian', '2026-11-03T19:00:00+03:00', 11 * H, '2026-11-04T07:00:00+03:00'],
    ['nightsRussian', '2026-11-03T19:00:00+03:00', 11 * H + 1, '2026-11-05T20:00:01+03:00'],
  ]);
});

describe('the Russian production calendar', () => {
  facts([
    ['russian', '2025-12-30T17:00:00+03:00', 1 * H + 1, '2026-01-12T09:00:01+03:00'],
    ['russian', '2026-01-05T12:00:00+03:00', 1 * H, '2026-01-12T10:00:00+03:00'],
    ['russian', '2024-12-28T17:00:00+03:00', 2 * H, '2025-01-09T10:00:00+03:00'],
    ['russian', '2024-12-27T17:00:00+03:00', 2 * H, '2024-12-28T10:00:00+03:00'],
    ['russian', '2024-12-30T10:00:00+03:00', 1 * H, '2025-01-09T10:00:00+03:00'],
    ['russian', '2024-02-22T16:00:00+03:00', 1 * H, '2024-02-22T17:00:00+03:00'],
    ['russian', '2024-02-22T16:00:00+03:00', 2 * H, '2024-02-26T10:00:00+03:00'],
    ['russian', '2024-03-07T16:30:00+03:00', 1 * H, '2024-03-11T09:30:00+03:00'],
    ['russian', '2024-04-26T17:30:00+03:00', 1 * H, '2024-04-27T09:30:00+03:00'],
    ['russian', '2024-04-27T17:00:00+03:00', 2 * H, '2024-05-02T10:00:00+03:00'],
    ['russian', '2024-05-08T16:30:00+03:00', 1 * H, '2024-05-13T09:30:00+03:00'],
    ['russian', '2024-06-11T16:59:59+03:00', 1, '2024-06-11T17:00:00+03:00'],
    ['russian', '2024-06-11T17:00:00+03:00', 1, '2024-06-13T09:00:01+03:00'],
    ['russian', '2024-11-01T17:30:00+03:00', 1 * H, '2024-11-02T09:30:00+03:00'],
    ['russian', '2024-11-02T16:30:00+03:00', 1 * H, '2024-11-05T09:30:00+03:00'],
    ['russian', '2025-03-07T16:00:00+03:00', 2 * H, '2025-03-10T10:00:00+03:00'],
    ['russian', '2025-04-30T16:00:00+03:00', 2 * H, '2025-05-05T10:00:00+03:00'],
    ['russian', '2025-05-07T17:00:00+03:00', 2 * H, '2025-05-12T10:00:00+03:00'],
    ['russian', '2025-06-11T16:00:00+03:00', 2 * H, '2025-06-16T10:00:00+03:00'],
    ['russian', '2025-10-31T17:00:00+03:00', 9 * H, '2025-11-01T17:00:00+03:00'],
    ['russian', '2025-10-31T17:00:00+03:00', 9 * H + 1, '2025-11-05T09:00:01+03:00'],
    ['russian', '2026-02-20T17:00:00+03:00', 2 * H, '2026-02-24T10:00:00+03:00'],
    ['russian', '2026-03-06T17:00:00+03:00', 2 * H, '2026-03-10T10:00:00+03:00'],
    ['russian', '2026-04-30T16:00:00+03:00', 2 * H, '2026-05-04T10:00:00+03:00'],
    ['russian', '2026-05-08T16:00:00+03:00', 2 * H, '2026-05-12T10:00:00+03:00'],
    ['russian', '2026-06-11T16:00:00+03:00', 2 * H, '2026-06-15T10:00:00+03:00'],
    ['russian', '2026-11-03T16:30:00+03:00', 8 * H, '2026-11-05T16:30:00+03:00'],
    ['russian', '2026-12-30T17:00:00+03:00', 2 * H, '2027-01-01T10:00:00+03:00'],
    ['lunchRussian', '2026-11-03T16:00:00+03:00', 1 * H, '2026-11-03T17:00:00+03:00'],
    ['lunchRussian', '2026-11-03T12:30:00+03:00', 4 * H, '2026-11-05T09:30:00+03:00'],
    ['alwaysRussian', '2026-11-03T22:00:00+03:00', 2 * H, '2026-11-05T01:00:00+03:00'],
    ['alwaysRussian', '2026-12-30T23:00:00+03:00', 2 * H, '2027-01-01T01:00:00+03:00'],
    ['vladivostok', '2026-11-03T16:30:00+10:00', 1 * H, '2026-11-05T09:30:00+10:00'],
    ['vladivostok', '2026-11-02T20:00:00Z', 1 * H, '2026-11-03T00:00:00Z'],
    ['vladivostok', '2026-06-01T05:00:00+03:00', 7 * H, '2026-06-02T10:00:00+10:00'],
    ['vladivostok', '2026-06-01T09:00:00+03:00', 3 * H, '2026-06-02T10:00:00+10:00'],
  ]);
});

describe('exceptions: dated before the production calendar before yearly before the week', () => {
  facts([
    ['exceptions', '2026-03-17T09:00:00+03:00', 1 * H, '2026-03-17T13:00:00+03:00'],
    ['exceptions', '2026-03-17T13:00:00+03:00', 2 * H, '2026-03-19T10:00:00+03:00'],
    ['exceptions', '2025-03-17T09:00:00+03:00', 1 * H, '2025-03-18T10:00:00+03:00'],
    ['exceptions', '2026-03-20T17:00:00+03:00', 2 * H, '2026-03-21T10:00:00+03:00'],
    ['exceptions', '2026-06-12T09:00:00+03:00', 9 * H, '2026-06-12T18:00:00+03:00'],
    ['exceptions', '2024-02-29T12:00:00+03:00', 1 * H, '2024-03-01T10:00:00+03:00'],
    ['exceptions', '2026-02-28T12:00:00+03:00', 1 * H, '2026-03-02T10:00:00+03:00'],
    ['exceptions', '2026-12-31T09:00:00+03:00', 1 * H, '2027-01-01T10:00:00+03:00'],
    ['exceptions', '2027-12-31T09:00:00+03:00', 4 * H, '2027-12-31T13:00:00+03:00'],
    ['exceptions', '2024-05-08T09:00:00+03:00', 1 * H, '2024-05-08T11:00:00+03:00'],
    ['exceptions', '2024-05-08T10:30:00+03:00', 1 * H, '2024-05-13T09:30:00+03:00'],
    ['once', '2026-01-01T00:00:00+03:00', 1 * H, '2026-05-05T11:00:00+03:00'],
    ['once', '2026-01-01T00:00:00+03:00', 1 * H + 1, null],
    ['leapDay', '2024-02-29T10:30:00+03:00', 1 * H, '2028-02-29T10:30:00+03:00'],
    ['leapDay', '2096-02-29T10:30:00+03:00', 1 * H, '2104-02-29T10:30:00+03:00'],
    ['empty', '2026-06-01T09:00:00+03:00', 1, null],
    ['empty', '2026-06-01T09:00:00+03:00', 0, '2026-06-01T09:00:00+03:00'],
  ]);
});

describe('changes of the clock: real time is counted', () => {
  facts([
    ['berlin', '2026-03-29T00:00:00+01:00', 24 * H, '2026-03-30T01:00:00+02:00'],
    ['berlin', '2026-10-25T00:00:00+02:00', 24 * H, '2026-10-25T23:00:00+01:00'],
    ['berlin', '2026-03-29T01:59:59+01:00', 1, '2026-03-29T03:00:00+02:00'],
    ['berlin', '2026-10-25T02:30:00+02:00', 1 * H, '2026-10-25T02:30:00+01:00'],
    ['berlinNight', '2026-03-28T20:00:00+01:00', 7 * H, '2026-03-29T06:00:00+02:00'],
    ['berlinNight', '2026-03-28T20:00:00+01:00', 7 * H + 1, '2026-04-04T22:00:01+02:00'],
    ['berlinNight', '2026-03-28T20:00:00+01:00', 4 * H, '2026-03-29T03:00:00+02:00'],
    ['berlinNight', '2026-03-28T20:00:00+01:00', 4 * H + 1, '2026-03-29T03:00:01+02:00'],
    ['berlinNight', '2026-10-24T20:00:00+02:00', 9 * H, '2026-10-25T06:00:00+01:00'],
    ['berlinNight', '2026-10-24T20:00:00+02:00', 5 * H, '2026-10-25T02:00:00+01:00'],
    ['berlinNight', '2026-10-24T20:00:00+02:00', 9 * H + 1, '2026-10-31T22:00:01+01:00'],
    ['berlinGap', '2026-03-29T00:00:00+01:00', 30 * M, '2026-03-29T03:30:00+02:00'],
    ['berlinGap', '2026-03-29T00:00:00+01:00', 30 * M + 1, '2026-04-05T02:30:01+02:00'],
    ['berlinGap', '2026-10-25T00:00:00+02:00', 30 * M, '2026-10-25T02:00:00+01:00'],
    ['berlinGap', '2026-10-25T00:00:00+02:00', 30 * M + 1, '2026-10-25T02:30:01+01:00'],
    ['berlinGap', '2026-10-25T00:00:00+02:00', 90 * M, '2026-10-25T03:30:00+01:00'],
    ['berlinTwice', '2026-03-28T00:00:00+01:00', 1, '2026-04-05T02:00:01+02:00'],
    ['berlinTwice', '2026-10-25T00:00:00+02:00', 2 * H, '2026-10-25T03:00:00+01:00'],
    ['berlinTwice', '2026-10-25T00:00:00+02:00', 1 * H, '2026-10-25T03:00:00+02:00'],
    ['berlinHalf', '2026-03-29T00:00:00+01:00', 1 * H, '2026-03-29T02:00:00+01:00'],
    ['berlinHalf', '2026-03-29T00:00:00+01:00', 1 * H + 1, '2026-04-05T01:00:01+02:00'],
    ['berlinHalf', '2026-10-25T00:00:00+02:00', 2 * H, '2026-10-25T02:30:00+01:00'],
    ['berlinOffice', '2026-03-27T17:00:00+01:00', 2 * H, '2026-03-30T10:00:00+02:00'],
    ['berlinOffice', '2026-10-23T17:00:00+02:00', 2 * H, '2026-10-26T10:00:00+01:00'],
    ['newYork', '2026-03-08T00:00:00-05:00', 5 * H, '2026-03-08T06:00:00-04:00'],
    ['newYork', '2026-11-01T00:00:00-04:00', 7 * H, '2026-11-01T06:00:00-05:00'],
    ['newYork', '2026-11-01T01:30:00-04:00', 1 * H, '2026-11-01T01:30:00-05:00'],
    ['lordHowe', '2026-04-05T01:00:00+11:00', 150 * M, '2026-04-05T03:00:00+10:30'],
    ['lordHowe', '2026-10-04T01:00:00+10:30', 90 * M, '2026-10-04T03:00:00+11:00'],
    ['kathmandu', '2026-06-05T17:30:00+05:45', 1 * H, '2026-06-08T09:30:00+05:45'],
    ['samoa', '2011-12-29T17:00:00-10:00', 2 * H, '2011-12-31T10:00:00+14:00'],
    ['saoPaulo', '2018-11-03T12:00:00-03:00', 1 * H, '2018-11-04T02:00:00-02:00'],
    ['saoPaulo', '2018-11-03T12:00:00-03:00', 1 * H + 1, '2018-11-11T00:00:01-02:00'],
    ['saoPauloNight', '2019-02-16T12:00:00-02:00', 5 * H, '2019-02-17T02:00:00-03:00'],
    ['saoPauloNight', '2018-11-03T12:00:00-03:00', 3 * H, '2018-11-04T02:00:00-02:00'],
    ['always', '2014-10-26T00:00:00+04:00', 24 * H, '2014-10-26T23:00:00+03:00'],
    ['always', '2011-03-27T00:00:00+03:00', 24 * H, '2011-03-28T01:00:00+04:00'],
  ]);
});

describe('parts of a second stay', () => {
  it.each([
    ['2026-06-01T09:00:00.250+03:00', 60, '2026-06-01T09:01:00.250+03:00'],
    ['2026-06-01T17:59:59.999+03:00', 1, '2026-06-02T09:00:00.999+03:00'],
    ['2026-06-01T08:59:59.500+03:00', 1, '2026-06-01T09:00:01.000+03:00'],
    ['2026-06-01T17:59:59.000+03:00', 1, '2026-06-01T18:00:00.000+03:00'],
  ])('SLA-02: from %s, %i s: %s', (start, seconds, expected) => {
    expect(iso(due(calendarOf('office'), moment(start), seconds))).toBe(iso(moment(expected)));
  });
});

describe('elapsed', () => {
  it.each<[Name, string, string, number]>([
    ['office', '2026-06-01T09:00:00+03:00', '2026-06-01T18:00:00+03:00', 9 * H],
    ['office', '2026-06-01T18:00:00+03:00', '2026-06-01T09:00:00+03:00', 0],
    ['office', '2026-06-01T12:00:00+03:00', '2026-06-01T12:00:00+03:00', 0],
    ['office', '2026-06-05T17:00:00+03:00', '2026-06-08T10:00:00+03:00', 2 * H],
    ['office', '2026-06-06T00:00:00+03:00', '2026-06-08T00:00:00+03:00', 0],
    ['office', '2025-06-01T00:00:00+03:00', '2026-06-01T00:00:00+03:00', 260 * 9 * H],
    ['lunch', '2026-06-01T12:00:00+03:00', '2026-06-01T15:00:00+03:00', 2 * H],
    ['always', '2000-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 9497 * 24 * H],
    ['berlin', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00', 23 * H],
    ['berlin', '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00', 25 * H],
    ['berlinTwice', '2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00', 1 * H],
    ['nights', '2026-06-05T00:00:00+03:00', '2026-06-07T00:00:00+03:00', 20 * H],
    ['russian', '2026-11-03T00:00:00+03:00', '2026-11-06T00:00:00+03:00', 17 * H],
    ['empty', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 0],
  ])('SLA-02: %s from %s to %s: %i s', (name, start, end, expected) => {
    expect(elapsed(calendarOf(name), moment(start), moment(end))).toBe(expected);
  });
});

describe('pauses', () => {
  const START = '2026-06-01T09:00:00+03:00';
  const pause = (from: string, to: string | null): Pause => ({
    from: moment(from),
    to: to === null ? null : moment(to),
  });
  it.each<[string, Pause[], number, string | null]>([
    [
      'of an hour',
      [pause('2026-06-01T10:00:00+03:00', '2026-06-01T11:00:00+03:00')],
      4 * H,
      '2026-06-01T14:00:00+03:00',
    ],
    [
      'at night',
      [pause('2026-06-01T20:00:00+03:00', '2026-06-02T06:00:00+03:00')],
      10 * H,
      '2026-06-02T10:00:00+03:00',
    ],
    [
      'from evening to morning',
      [pause('2026-06-01T17:00:00+03:00', '2026-06-02T10:00:00+03:00')],
      9 * H,
      '2026-06-02T11:00:00+03:00',
    ],
    [
      'over a weekend',
      [pause('2026-06-05T17:00:00+03:00', '2026-06-08T10:00:00+03:00')],
      45 * H,
      '2026-06-08T11:00:00+03:00',
    ],
    [
      'that begins when the work is done',
      [pause('2026-06-01T11:00:00+03:00', null)],
      2 * H,
      '2026-06-01T11:00:00+03:00',
    ],
    ['a second too early', [pause('2026-06-01T10:59:59+03:00', null)], 2 * H, null],
    [
      'that began before the start',
      [pause('2026-05-01T00:00:00+03:00', '2026-06-01T10:00:00+03:00')],
      1 * H,
      '2026-06-01T11:00:00+03:00',
    ],
    ['that ended before the start', [pause('2026-05-01T00:00:00+03:00', START)], 1 * H, '2026-06-01T10:00:00+03:00'],
    [
      'overlapping',
      [
        pause('2026-06-01T11:00:00+03:00', '2026-06-01T13:00:00+03:00'),
        pause('2026-06-01T10:00:00+03:00', '2026-06-01T12:00:00+03:00'),
      ],
      2 * H,
      '2026-06-01T14:00:00+03:00',
    ],
    [
      'one inside another',
      [
        pause('2026-06-01T10:00:00+03:00', '2026-06-01T15:00:00+03:00'),
        pause('2026-06-01T11:00:00+03:00', '2026-06-01T12:00:00+03:00'),
      ],
      2 * H,
      '2026-06-01T16:00:00+03:00',
    ],
    [
      'touching',
      [
        pause('2026-06-01T10:00:00+03:00', '2026-06-01T11:00:00+03:00'),
        pause('2026-06-01T11:00:00+03:00', '2026-06-01T12:00:00+03:00'),
      ],
      2 * H,
      '2026-06-01T13:00:00+03:00',
    ],
    [
      'of no length',
      [pause('2026-06-01T10:00:00+03:00', '2026-06-01T10:00:00+03:00')],
      2 * H,
      '2026-06-01T11:00:00+03:00',
    ],
    ['open from before the start', [pause('2026-05-01T00:00:00+03:00', null)], 1, null],
    ['open, but nothing to work', [pause('2026-05-01T00:00:00+03:00', null)], 0, START],
    [
      'until closing',
      [pause('2026-06-01T10:00:00+03:00', '2026-06-01T18:00:00+03:00')],
      2 * H,
      '2026-06-02T10:00:00+03:00',
    ],
    [
      'open after a closed one',
      [pause('2026-06-01T10:00:00+03:00', '2026-06-01T11:00:00+03:00'), pause('2026-06-01T12:00:00+03:00', null)],
      2 * H,
      '2026-06-01T12:00:00+03:00',
    ],
    [
      'open inside a closed one',
      [pause('2026-06-01T10:00:00+03:00', '2026-06-01T12:00:00+03:00'), pause('2026-06-01T11:00:00+03:00', null)],
      2 * H,
      null,
    ],
  ])('SLA-04: a pause %s', (_, pauses, seconds, expected) => {
    const calendar = calendarOf('office');
    const answer = due(calendar, moment(START), seconds, pauses);
    expect(iso(answer)).toBe(expected === null ? null : iso(moment(expected)));
    if (answer !== null) expect(elapsed(calendar, moment(START), answer, pauses)).toBe(seconds);
  });

  it('SLA-04: over the night of a clock change moves the deadline by what was worked in it', () => {
    const pauses = [pause('2026-10-25T00:00:00+02:00', '2026-10-25T04:00:00+01:00')];
    expect(iso(due(calendarOf('berlinNight'), moment('2026-10-24T22:00:00+02:00'), 3 * H, pauses))).toBe(
      iso(moment('2026-10-25T05:00:00+01:00')),
    );
  });
});

describe('two calendars', () => {
  it.each([
    [
      'the office of Moscow and that of Vladivostok have two hours in common',
      'office',
      'vladivostok',
      '2026-06-01T00:00:00+03:00',
      1 * H,
      '2026-06-01T10:00:00+03:00',
    ],
    [
      'around the clock and an office are the office',
      'always',
      'office',
      '2026-06-05T17:00:00+03:00',
      2 * H,
      '2026-06-08T10:00:00+03:00',
    ],
    ['a shop at night', 'nights', 'shop', '2026-06-01T00:00:00+03:00', 5 * H, '2026-06-02T21:00:00+03:00'],
    [
      'an hour with a holiday at the object only',
      'office',
      'russian',
      '2026-11-03T16:00:00+03:00',
      2 * H,
      '2026-11-05T10:00:00+03:00',
    ],
    ['Kathmandu from Moscow', 'office', 'kathmandu', '2026-06-01T00:00:00+03:00', 7 * H, '2026-06-02T09:45:00+03:00'],
    ['never, with a closed one', 'always', 'empty', '2026-06-01T00:00:00+03:00', 1, null],
  ] as [string, Name, Name, string, number, string | null][])(
    'SLA-02: %s',
    (_, own, object, start, seconds, expected) => {
      const both = intersectCalendars(calendarOf(own), calendarOf(object));
      expect(iso(due(both, moment(start), seconds))).toBe(expected === null ? null : iso(moment(expected)));
    },
  );

  it('SLA-07: a change of hours on the way keeps what was worked, or counts everything anew', () => {
    const [office, always] = [calendarOf('office'), calendarOf('always')];
    const [start, change] = [moment('2026-06-01T09:00:00+03:00'), moment('2026-06-01T20:00:00+03:00')];
    expect(iso(due(switchCalendar(office, change, always), start, 10 * H))).toBe('2026-06-01T18:00:00.000Z');
    expect(iso(due(always, start, 10 * H))).toBe('2026-06-01T16:00:00.000Z');
    expect(iso(due(switchCalendar(always, change, office), start, 12 * H))).toBe(
      iso(moment('2026-06-02T10:00:00+03:00')),
    );
    expect(iso(due(switchCalendar(office, moment('2026-05-01T00:00:00Z'), always), start, 10 * H))).toBe(
      '2026-06-01T16:00:00.000Z',
    );
  });

  it('SLA-02: opening is working time, closing is not', () => {
    const office = calendarOf('office');
    const open = ['09:00:00', '17:59:59.999', '18:00:00', '08:59:59.999'].map((time) =>
      isOpen(office, moment(`2026-06-01T${time}+03:00`)),
    );
    expect(open).toEqual([true, true, false, false]);
  });
});

it('SLA-02: a deadline takes about a microsecond', () => {
  const calendar = calendarOf('lunchRussian');
  const starts = Array.from({ length: 1000 }, (_, index) => moment('2025-01-01T00:00:00Z') + index * 40_123_000);
  const run = (rounds: number) => {
    let sum = 0;
    const before = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++)
      for (const start of starts) sum += due(calendar, start, 28_800 + round)!;
    return { sum, nanoseconds: Number(process.hrtime.bigint() - before) / (rounds * starts.length) };
  };
  run(20);
  const best = Math.min(...Array.from({ length: 5 }, () => run(40).nanoseconds));
  expect(best).toBeLessThan(20_000);
});
