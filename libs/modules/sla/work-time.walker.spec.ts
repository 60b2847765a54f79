import { compileCalendar, due, elapsed, intersectCalendars, type Pause, switchCalendar } from './work-time';
import { type CalendarDefinition, type HolidayKind, type Interval, WEEKDAYS } from './work-day';

/**
 * SLA-02: the arithmetic against somebody who walks minute by minute with a clock in his hand. The walker shares no code with what
 * it checks: the wall clock comes from Intl.DateTimeFormat, the rules are read from the calendar as it is written.
 */
const MINUTE = 60_000;
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Small, seeded and the same everywhere (mulberry32). */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    isTrue: (chance: number) => next() < chance,
    oneOf: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!,
  };
}
type Random = ReturnType<typeof randomOf>;

/** Where the walks begin: nine days around a change of the clock, a leap day, a day the zone skipped. */
const PLACES: { zone: string; from: string }[] = [
  { zone: 'Europe/Moscow', from: '2026-02-26T00:00:00Z' },
  { zone: 'Europe/Moscow', from: '2014-10-23T00:00:00Z' },
  { zone: 'Asia/Vladivostok', from: '2026-12-29T00:00:00Z' },
  { zone: 'Europe/Berlin', from: '2026-03-26T00:00:00Z' },
  { zone: 'Europe/Berlin', from: '2026-10-22T00:00:00Z' },
  { zone: 'America/New_York', from: '2026-03-05T00:00:00Z' },
  { zone: 'America/New_York', from: '2026-10-29T00:00:00Z' },
  { zone: 'Australia/Lord_Howe', from: '2026-04-01T00:00:00Z' },
  { zone: 'Australia/Lord_Howe', from: '2026-10-01T00:00:00Z' },
  { zone: 'Asia/Kathmandu', from: '2024-02-26T00:00:00Z' },
  { zone: 'Pacific/Apia', from: '2011-12-27T00:00:00Z' },
  { zone: 'Pacific/Apia', from: '2012-03-29T00:00:00Z' },
  { zone: 'America/Sao_Paulo', from: '2018-11-01T00:00:00Z' },
  { zone: 'America/Sao_Paulo', from: '2019-02-14T00:00:00Z' },
  { zone: 'Africa/Casablanca', from: '2026-02-12T00:00:00Z' },
  { zone: 'Pacific/Chatham', from: '2026-04-02T00:00:00Z' },
  { zone: 'UTC', from: '2024-12-28T00:00:00Z' },
];
const WALK_DAYS = 9;

const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** A day of the calendar: nothing, one shift, a shift with a break, or a shift past midnight. */
function randomDay(random: Random): Interval[] {
  const minute = () => random.below(288) * 5;
  switch (random.below(6)) {
    case 0:
      return [];
    case 1:
      return [{ from: '00:00', to: '24:00' }];
    case 2:
      return [{ from: time(1200 + random.below(48) * 5), to: time(random.below(120) * 5) }];
    case 3:
      return [{ from: time(random.below(50) * 5), to: time(300 + random.below(228) * 5) }];
    default: {
      const marks = [...new Set([minute(), minute(), minute(), minute()])].sort((one, other) => one - other);
      const day: Interval[] = [];
      for (let at = 0; at + 1 < marks.length; at += 2) day.push({ from: time(marks[at]!), to: time(marks[at + 1]!) });
      return day;
    }
  }
}

const dateAfter = (from: string, days: number) =>
  new Date(Date.parse(from) + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);

function randomCalendar(random: Random, zone: string, from: string): CalendarDefinition {
  const exceptions = (count: number, key: (date: string) => string) =>
    Object.fromEntries(
      Array.from({ length: random.below(count) }, () => [
        key(dateAfter(from, random.below(WALK_DAYS + 2) - 1)),
        randomDay(random),
      ]),
    );
  return {
    timeZone: zone,
    week: Object.fromEntries(WEEKDAYS.map((name) => [name, randomDay(random)])),
    yearly: exceptions(3, (date) => date.slice(5)),
    dated: exceptions(3, (date) => date),
    holidays: random.isTrue(0.5) ? 'ru' : null,
  };
}

function randomHolidays(random: Random, from: string): Map<string, HolidayKind> {
  const days = Array.from({ length: random.below(4) }, () => dateAfter(from, random.below(WALK_DAYS + 2) - 1));
  return new Map(days.map((date) => [date, random.oneOf(['off', 'short', 'working'] as const)]));
}

const minuteOf = (text: string) => Number(text.split(':')[0]) * 60 + Number(text.split(':')[1]);

/** One hour less: the last sixty working minutes of the day are crossed out one by one. */
function withoutLastHour(intervals: Interval[]): [number, number][] {
  const minutes = minutesOf(intervals);
  minutes.splice(Math.max(0, minutes.length - 60));
  return minutes.map((minute) => [minute, minute + 1]);
}

function minutesOf(intervals: Interval[]): number[] {
  return ranges(intervals)
    .flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at))
    .sort((one, other) => one - other);
}

const ranges = (intervals: Interval[]): [number, number][] =>
  intervals.map(({ from, to }) => [minuteOf(from), minuteOf(to) > minuteOf(from) ? minuteOf(to) : minuteOf(to) + 1440]);

function rangesOn(calendar: CalendarDefinition, holidays: Map<string, HolidayKind>, date: string): [number, number][] {
  const weekday = DAY_NAMES[new Date(`${date}T12:00:00Z`).getUTCDay()]!;
  const dated = calendar.dated?.[date];
  if (dated) return ranges(dated);
  const usual = calendar.yearly?.[date.slice(5)] ?? calendar.week[weekday] ?? [];
  const kind = calendar.holidays ? holidays.get(date) : undefined;
  if (kind === 'off') return [];
  const worked = kind && (weekday === 'sat' || weekday === 'sun') ? (calendar.week.fri ?? []) : usual;
  return kind === 'short' ? withoutLastHour(worked) : ranges(worked);
}

/** Says of every minute whether it is worked. */
function walkerOf(calendar: CalendarDefinition, holidays: Map<string, HolidayKind>) {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: calendar.timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const days = new Map<string, boolean[]>();
  const tableOf = (date: string) => {
    let table = days.get(date);
    if (!table) {
      table = new Array<boolean>(2880).fill(false);
      for (const [from, to] of rangesOn(calendar, holidays, date)) table.fill(true, from, to);
      days.set(date, table);
    }
    return table;
  };
  return (moment: number): boolean => {
    const [date, clockTime] = clock.format(moment).split(', ') as [string, string];
    const minute = minuteOf(clockTime);
    return tableOf(date)[minute]! || tableOf(dateAfter(`${date}T12:00:00Z`, -1))[minute + 1440]!;
  };
}

type Walk = { from: number; worked: boolean[] };
const walkOver = (isWorked: (moment: number) => boolean, from: number): Walk => ({
  from,
  worked: Array.from({ length: WALK_DAYS * 1440 }, (_, at) => isWorked(from + at * MINUTE)),
});

const isPaused = (pauses: Pause[], moment: number) =>
  pauses.some(({ from, to }) => moment >= from && moment < (to ?? Infinity));

/** Goes on minute by minute until enough is worked; undefined when the walk ends before that. */
function walkedDue({ from, worked }: Walk, start: number, seconds: number, pauses: Pause[]): number | undefined {
  let left = seconds * 1000;
  for (let at = 0; at < worked.length; at++) {
    const [begins, ends] = [Math.max(from + at * MINUTE, start), from + (at + 1) * MINUTE];
    if (ends <= start || !worked[at] || isPaused(pauses, begins)) continue;
    if (left <= ends - begins) return begins + left;
    left -= ends - begins;
  }
  return undefined;
}

function walkedSeconds({ from, worked }: Walk, start: number, end: number, pauses: Pause[]): number {
  let sum = 0;
  for (let at = 0; at < worked.length; at++) {
    const [begins, ends] = [Math.max(from + at * MINUTE, start), Math.min(from + (at + 1) * MINUTE, end)];
    if (ends > begins && worked[at] && !isPaused(pauses, begins)) sum += ends - begins;
  }
  return sum / 1000;
}

function randomPauses(random: Random, from: number): Pause[] {
  return Array.from({ length: random.below(4) }, () => {
    const begins = from + random.below(WALK_DAYS * 1440) * MINUTE;
    return { from: begins, to: random.isTrue(0.08) ? null : begins + random.below(1800) * MINUTE };
  });
}

/** Asks both a number of times; sub-minute and sub-second starts too. */
function compare(random: Random, calendar: Parameters<typeof due>[0], walk: Walk) {
  for (let round = 0; round < 16; round++) {
    const pauses = randomPauses(random, walk.from);
    const start = walk.from + random.below(WALK_DAYS * 1440 * MINUTE * 0.6);
    const seconds = 1 + random.below(random.oneOf([600, 36_000, 200_000]));
    const expected = walkedDue(walk, start, seconds, pauses);
    if (expected !== undefined) {
      expect(due(calendar, start, seconds, pauses)).toBe(expected);
      expect(elapsed(calendar, start, expected, pauses)).toBeCloseTo(seconds, 6);
      expect(elapsed(calendar, start, expected - 1, pauses)).toBeLessThan(seconds);
    } else if (pauses.some(({ to }) => to === null)) {
      expect(due(calendar, start, seconds, pauses)).toBeNull();
    }
    const end = walk.from + random.below(WALK_DAYS * 1440 * MINUTE);
    expect(elapsed(calendar, start, end, pauses)).toBe(walkedSeconds(walk, start, end, pauses));
  }
}

describe.each(PLACES)('$zone from $from', ({ zone, from }) => {
  const begin = Date.parse(from);

  it.each([1, 2, 3])('SLA-02: every answer is the walker’s, calendar %i', (seed) => {
    const random = randomOf(seed * 7919 + begin / MINUTE);
    const [definition, holidays] = [randomCalendar(random, zone, from), randomHolidays(random, from)];
    compare(random, compileCalendar(definition, holidays), walkOver(walkerOf(definition, holidays), begin));
  });

  it('SLA-02: the intersection with a calendar of another zone is worked when both are', () => {
    const random = randomOf(begin / MINUTE + 5);
    const other = random.oneOf(PLACES).zone;
    const [own, object] = [randomCalendar(random, zone, from), randomCalendar(random, other, from)];
    const holidays = randomHolidays(random, from);
    const [left, right] = [walkerOf(own, holidays), walkerOf(object, holidays)];
    const both = intersectCalendars(compileCalendar(own, holidays), compileCalendar(object, holidays));
    compare(
      random,
      both,
      walkOver((moment) => left(moment) && right(moment), begin),
    );
  });

  it('SLA-07: after a change of calendar only the new one is asked', () => {
    const random = randomOf(begin / MINUTE + 9);
    const [old, young] = [randomCalendar(random, zone, from), randomCalendar(random, zone, from)];
    const holidays = randomHolidays(random, from);
    const at = begin + random.below(WALK_DAYS * 1440) * MINUTE;
    const [before, after] = [walkerOf(old, holidays), walkerOf(young, holidays)];
    const both = switchCalendar(compileCalendar(old, holidays), at, compileCalendar(young, holidays));
    compare(
      random,
      both,
      walkOver((moment) => (moment < at ? before : after)(moment), begin),
    );
  });
});
