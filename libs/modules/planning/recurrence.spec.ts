import { RRuleTemporal } from 'rrule-temporal';
import { RECURRENCE_CASES } from './recurrence-cases';
import { readRuleText, readStamp, type RuleText } from './recurrence-rule';
import { type Asked, occurrences } from './recurrence';
import { localOf } from './recurrence-zone';

const secondsOf = (text: string): number => readStamp(text)!.seconds;
const shown = (local: number): string => {
  const text = new Date(local * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return text.endsWith(':00') ? text.slice(0, -3) : text;
};
function ruleOf(text: string): RuleText {
  const { faults, ...read } = readRuleText(text);
  expect(faults).toEqual([]);
  return read;
}
const datesOf = (text: string, start: string, timeZone = 'America/New_York', asked: Asked = { count: 10 }) =>
  occurrences({ rule: ruleOf(text).rule, start: secondsOf(start), timeZone }, asked);
const faultsOf = (text: string) => readRuleText(text).faults.map(({ code, part }) => `${code} ${part}`.trim());

const CASES = RECURRENCE_CASES.trim()
  .split('\n')
  .map((line) => line.split(' | ') as [string, string, string, string]);

it('T-17: the table of public cases is whole', () => expect(CASES.length).toBeGreaterThanOrEqual(244));

it.each(CASES)('T-17: %s: %s from %s', (_, rule, start, dates) => {
  const found = datesOf(rule, start);
  expect(found.dates.map(({ local }) => shown(local)).join(', ')).toBe(dates);
  expect(found.isCut).toBe(false);
});

describe('T-17: clocks that are moved', () => {
  it.each([
    [
      'an hour that does not exist is left out',
      'FREQ=DAILY;COUNT=3',
      '2026-03-07 02:30',
      ['2026-03-07T07:30Z', '2026-03-09T06:30Z', '2026-03-10T06:30Z'],
    ],
    [
      'an hour that comes twice is its first one',
      'FREQ=DAILY;COUNT=3',
      '2026-10-31 01:30',
      ['2026-10-31T05:30Z', '2026-11-01T05:30Z', '2026-11-02T06:30Z'],
    ],
    ['the wall clock stays', 'FREQ=WEEKLY;COUNT=2', '2026-10-28 09:00', ['2026-10-28T13:00Z', '2026-11-04T14:00Z']],
    [
      'hours go over the gap',
      'FREQ=HOURLY;COUNT=3',
      '2026-03-08 01:00',
      ['2026-03-08T06:00Z', '2026-03-08T07:00Z', '2026-03-08T08:00Z'],
    ],
    [
      'an end in UTC',
      'FREQ=DAILY;UNTIL=20261102T140000Z',
      '2026-10-31 09:00',
      ['2026-10-31T13:00Z', '2026-11-01T14:00Z', '2026-11-02T14:00Z'],
    ],
    [
      'a date as an end is its whole day',
      'FREQ=DAILY;UNTIL=20261101',
      '2026-10-31 09:00',
      ['2026-10-31T13:00Z', '2026-11-01T14:00Z'],
    ],
  ])('%s', (_, rule, start, expected) => {
    const found = datesOf(rule, start).dates.map(({ at }) => `${new Date(at).toISOString().slice(0, 16)}Z`);
    expect(found).toEqual(expected);
  });

  it.each([
    ['Asia/Almaty', '2024-03-01 00:00', '2024-02-29T19:00Z'],
    ['Pacific/Apia', '2011-12-30 09:00', null],
    ['Australia/Lord_Howe', '2026-10-04 02:15', null],
    ['Africa/Cairo', '2026-04-24 00:30', null],
  ])('%s at %s', (zone, start, at) => {
    const [first] = datesOf('FREQ=YEARLY;COUNT=1', start, zone).dates;
    expect(first && localOf(first.at, zone)).toBe(first?.local);
    expect(first && first.local === secondsOf(start) ? `${new Date(first.at).toISOString().slice(0, 16)}Z` : null).toBe(
      at,
    );
  });
});

describe('T-17: what stands beside the rule', () => {
  it('reads a whole iCalendar text', () => {
    const text = `DTSTART;TZID=Europe/Moscow:20260105T090000\r\nRRULE:FREQ=WEEKLY;\r\n COUNT=4\r\nEXDATE;TZID=Europe/Moscow:20260112T090000\nRDATE:20260107T090000`;
    const { rule, start, zone, added, excluded } = ruleOf(text);
    const found = occurrences({
      rule,
      start: secondsOf(start!),
      timeZone: zone!,
      added: added.map(secondsOf),
      excluded: excluded.map(secondsOf),
    });
    expect(found.dates.map(({ local }) => shown(local))).toEqual([
      '2026-01-05 09:00',
      '2026-01-07 09:00',
      '2026-01-19 09:00',
      '2026-01-26 09:00',
    ]);
  });

  it('counts from the start, whatever part of it is asked for', () => {
    const [from, to] = [Date.UTC(2026, 0, 4), Date.UTC(2026, 0, 7)];
    const dates = (rule: string) =>
      datesOf(rule, '2026-01-01 09:00', 'UTC', { from, to }).dates.map(({ local }) => shown(local));
    expect(dates('FREQ=DAILY;COUNT=5')).toEqual(['2026-01-04 09:00', '2026-01-05 09:00']);
    expect(dates('FREQ=DAILY;INTERVAL=2')).toEqual(['2026-01-05 09:00']);
    expect(dates('FREQ=HOURLY;INTERVAL=40')).toEqual(['2026-01-04 17:00', '2026-01-06 09:00']);
  });

  it('a window far from the start gives what the whole walk gives', () => {
    for (const rule of [
      'FREQ=YEARLY;INTERVAL=3',
      'FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR',
      'FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TU;WKST=SU',
      'FREQ=DAILY;INTERVAL=17',
      'FREQ=HOURLY;INTERVAL=31',
      'FREQ=MINUTELY;INTERVAL=1441;BYDAY=MO,TU',
      'FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=-1',
    ]) {
      const [from, to] = [Date.UTC(2031, 3, 9), Date.UTC(2033, 8, 1)];
      const whole = datesOf(rule, '2026-01-01 09:00', 'America/New_York', { to, count: 100_000 }).dates.filter(
        ({ at }) => at >= from,
      );
      expect(datesOf(rule, '2026-01-01 09:00', 'America/New_York', { from, to, count: 100_000 }).dates).toEqual(whole);
      expect(whole.length).toBeGreaterThan(0);
    }
  });
});

describe('T-17: faulty and hostile rules', () => {
  it.each([
    ['', ['ruleEmpty']],
    ['DTSTART:20260101T090000', ['ruleEmpty']],
    ['RRULE:', ['ruleFreq FREQ']],
    ['FREQ=FORTNIGHTLY', ['rulePart FREQ=FORTNIGHTLY']],
    ['FREQ=DAILY;INTERVAL=0', ['rulePart INTERVAL=0']],
    ['FREQ=DAILY;INTERVAL=-1', ['rulePart INTERVAL=-1']],
    ['FREQ=DAILY;COUNT=0', ['rulePart COUNT=0']],
    ['FREQ=DAILY;COUNT=1e3', ['rulePart COUNT=1e3']],
    ['FREQ=YEARLY;BYEASTER=0', ['rulePart BYEASTER=0']],
    ['FREQ=DAILY;CONSTRUCTOR=1', ['rulePart CONSTRUCTOR=1']],
    ['FREQ=MONTHLY;BYMONTHDAY=32', ['rulePart BYMONTHDAY=32']],
    ['FREQ=MONTHLY;BYMONTHDAY=0', ['rulePart BYMONTHDAY=0']],
    ['FREQ=MONTHLY;BYDAY=0MO', ['rulePart BYDAY=0MO']],
    ['FREQ=MONTHLY;BYDAY=XX', ['rulePart BYDAY=XX']],
    ['FREQ=YEARLY;BYMONTH=13;BYHOUR=24', ['rulePart BYMONTH=13', 'rulePart BYHOUR=24']],
    ['FREQ=DAILY;UNTIL=20260231T000000Z', ['rulePart UNTIL=20260231T000000Z']],
    ['FREQ=DAILY;UNTIL=tomorrow', ['rulePart UNTIL=tomorrow']],
    ['FREQ=DAILY;COUNT=2;UNTIL=20260301T000000Z', ['ruleEnds COUNT, UNTIL']],
    ['FREQ=DAILY;FREQ=WEEKLY', ['ruleTwice FREQ=WEEKLY']],
    ['RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY', ['ruleTwice RRULE']],
    ['RRULE:FREQ=DAILY\nEXDATE:never', ['ruleLine EXDATE:never']],
    ['RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY', ['ruleTwice RRULE']],
  ])('%j is refused by its place', (text, faults) => expect(faultsOf(text)).toEqual(faults));

  it.each([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', false],
    ['FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31', false],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', false],
    ['FREQ=WEEKLY;BYYEARDAY=366;BYMONTH=1', false],
    ['FREQ=DAILY;UNTIL=20000101T000000Z', false],
    ['FREQ=YEARLY;BYSETPOS=366', false],
    ['FREQ=HOURLY;INTERVAL=2;BYHOUR=10', false],
    ['FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1', false],
    ['FREQ=SECONDLY;INTERVAL=60;BYSECOND=1', false],
    ['FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31', false],
    ['FREQ=SECONDLY;INTERVAL=1000000000;BYMONTHDAY=31;BYMONTH=2', false],
    ['FREQ=MINUTELY;BYSECOND=0;BYSETPOS=2', false],
    ['FREQ=DAILY;BYSETPOS=2', true],
  ])('%s never comes true and ends soon', (text, isCut) => {
    const began = performance.now();
    const found = datesOf(text, '2026-01-01 09:00', 'Europe/Moscow', { count: 1000 });
    expect(found.dates).toEqual([]);
    expect(found.isCut).toBe(isCut);
    expect(performance.now() - began).toBeLessThan(2500);
  });

  it.each([
    'FREQ=SECONDLY',
    'FREQ=SECONDLY;COUNT=1000000000',
    'FREQ=YEARLY',
    'FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYSETPOS=-1',
  ])('%s stops at what is asked', (text) => {
    const began = performance.now();
    expect(datesOf(text, '2026-01-01 09:00', 'Europe/Moscow', { count: 1000 }).dates).toHaveLength(1000);
    expect(performance.now() - began).toBeLessThan(2500);
  });

  it('gives up a count that lies too far', () => {
    const found = datesOf('FREQ=SECONDLY;COUNT=1000000000', '2026-01-01 09:00', 'UTC', { from: Date.UTC(2046, 0, 1) });
    expect(found).toEqual({ dates: [], isCut: true });
    const yearly = datesOf('FREQ=YEARLY;COUNT=1000000000', '2026-01-01 09:00', 'Europe/Moscow', {
      from: Date.UTC(8999, 0, 1),
      count: 2,
    });
    expect(yearly.dates.map(({ local }) => shown(local))).toEqual(['8999-01-01 09:00', '9000-01-01 09:00']);
  });
});

/** A small generator of numbers: the same rules every time. */
function* chance(seed: number): Generator<number> {
  for (let state = seed; ;) yield (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >>> 8;
}

it('T-17: another implementation gives the same dates for rules made at random', () => {
  const numbers = chance(7);
  const below = (most: number): number => numbers.next().value! % most;
  const pick = <One>(list: readonly One[]): One => list[below(list.length)]!;
  const some = (list: readonly (string | number)[]): string =>
    [...new Set(Array.from({ length: 1 + below(3) }, () => pick(list)))].join(',');
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
  let compared = 0;
  for (let round = 0; round < 60; round++) {
    const freq = pick(['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY']);
    const parts = [`FREQ=${freq}`, `INTERVAL=${1 + below(3)}`, `WKST=${pick(['SU', 'MO'])}`];
    if (below(3) === 0) parts.push(`BYMONTH=${some(upTo(12))}`);
    const days = below(3);
    if (days === 0) parts.push(`BYDAY=${some(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])}`);
    if (days === 1 && /^(YEAR|MONTH)/.test(freq)) parts.push(`BYDAY=${some(['1MO', '-1FR', '2SU', '-2TU'])}`);
    if (days === 2 && freq !== 'WEEKLY') parts.push(`BYMONTHDAY=${some([1, 13, 28, 31, -1, -15])}`);
    if (below(4) === 0) parts.push(`BYHOUR=${some(upTo(23))}`);
    if (below(4) === 0) parts.push(`BYSETPOS=${some([1, 2, -1])}`);
    const [text, zone] = [parts.join(';'), pick(['UTC', 'Europe/Moscow', 'Asia/Almaty'])];
    const start = `2026-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')} 09:15`;
    const to = (secondsOf(start) + 5 * 365 * 86_400) * 1000;
    let theirs: number[];
    try {
      const rruleString = `DTSTART;TZID=${zone}:${start.replace(/[-:]/g, '').replace(' ', 'T')}00\nRRULE:${text}`;
      const rule = new RRuleTemporal({ rruleString, maxIterations: 4000 });
      theirs = rule
        .all((date, at) => at < 6 && date.epochMilliseconds < to)
        .map(({ epochMilliseconds }) => epochMilliseconds);
    } catch {
      // It gives up rules that rarely come true.
      continue;
    }
    compared++;
    const ours = datesOf(text, start, zone, { count: 6, to }).dates.map(({ at }) => at);
    expect([text, start, zone, ...ours]).toEqual([text, start, zone, ...theirs]);
  }
  expect(compared).toBeGreaterThan(50);
});
