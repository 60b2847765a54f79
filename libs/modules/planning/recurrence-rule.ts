export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const WEEKDAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** A weekday from Monday = 0; `nth` counts within the month or the year, from the end when negative; 0 is every one. */
export type NthWeekday = { day: number; nth: number };
/** The last moment: a wall clock's, or an instant in milliseconds. */
export type Until = { kind: 'local'; seconds: number } | { kind: 'instant'; at: number };

/** A recurrence rule of RFC 5545 §3.3.10, read. */
export type Recurrence = {
  freq: Frequency;
  interval: number;
  count: number | null;
  until: Until | null;
  weekStart: number;
  months: number[];
  weeks: number[];
  yearDays: number[];
  monthDays: number[];
  weekdays: NthWeekday[];
  hours: number[];
  minutes: number[];
  seconds: number[];
  positions: number[];
};

/** What is wrong, and the part of the text it stands in. */
export type RuleFault = {
  code: 'ruleEmpty' | 'rulePart' | 'ruleTwice' | 'ruleFreq' | 'ruleEnds' | 'ruleLine';
  part: string;
};

/** What an iCalendar text says: the rule, and what its other lines add. Moments are as written. */
export type RuleText = {
  rule: Recurrence | null;
  /** The rule alone, `FREQ=…`. */
  text: string;
  start: string | null;
  zone: string | null;
  added: string[];
  excluded: string[];
};

const MAX_INTERVAL = 1_000_000_000;
const DAY = 86_400;
const STAMP = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Days since 1970 of a date that exists, otherwise null. Months count from 1. */
export function dayOf(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 86_400_000 : null;
}

/** A date and time, basic or extended; with an offset it is an instant. Null when there is no such moment. */
export function readStamp(text: string): { seconds: number; offset: number | null; isDate: boolean } | null {
  const found = STAMP.exec(text.trim());
  if (!found) return null;
  const [year, month, date, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as number[];
  const day = dayOf(year!, month!, date!);
  if (day === null || year! < 1 || hour! > 23 || minute! > 59 || second! > 60) return null;
  const sign = found[7] && (/z/i.test(found[7]) ? '+00:00' : found[7]);
  const offset = sign
    ? (sign[0] === '-' ? -1 : 1) * (Number(sign.slice(1, 3)) * 60 + Number(sign.slice(-2))) * 60
    : null;
  return {
    seconds: day * DAY + hour! * 3600 + minute! * 60 + Math.min(second!, 59),
    offset,
    isDate: found[4] === undefined,
  };
}

function readUntil(text: string): Until | null {
  const stamp = readStamp(text);
  if (!stamp) return null;
  // A date alone is its whole day.
  if (stamp.isDate) return { kind: 'local', seconds: stamp.seconds + DAY - 1 };
  if (stamp.offset === null) return { kind: 'local', seconds: stamp.seconds };
  return { kind: 'instant', at: (stamp.seconds - stamp.offset) * 1000 };
}

/** Whole numbers between two bounds; with `isSigned` also the same from the end, and never 0. */
function readNumbers(text: string, low: number, high: number, isSigned = false): number[] | null {
  const numbers = text.split(',').map((part) => (/^[+-]?\d{1,4}$/.test(part) ? Number(part) : NaN));
  const isGood = (value: number): boolean =>
    isSigned ? value !== 0 && Math.abs(value) >= low && Math.abs(value) <= high : value >= low && value <= high;
  if (!numbers.every(isGood) || (!isSigned && /-/.test(text))) return null;
  return [...new Set(numbers)].sort((one, other) => one - other);
}

function readWeekdays(text: string): NthWeekday[] | null {
  const days = text.split(',').map((part) => /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(part));
  const read = days.map(
    (found) =>
      found && {
        day: WEEKDAY_CODES.indexOf(found[2] as 'MO'),
        nth: Number(found[1] ?? 0),
        isNth: found[1] !== undefined,
      },
  );
  if (!read.every((one) => one && (!one.isNth || (one.nth !== 0 && Math.abs(one.nth) <= 53)))) return null;
  return read.map((one) => ({ day: one!.day, nth: one!.nth }));
}

function readNumber(text: string, most: number): number | null {
  const value = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : null;
}

const empty = (): Recurrence => ({
  freq: 'DAILY',
  interval: 1,
  count: null,
  until: null,
  weekStart: 0,
  months: [],
  weeks: [],
  yearDays: [],
  monthDays: [],
  weekdays: [],
  hours: [],
  minutes: [],
  seconds: [],
  positions: [],
});

type Reader = { key: keyof Recurrence; read: (text: string) => unknown };
const READERS: Record<string, Reader> = {
  FREQ: { key: 'freq', read: (text) => FREQUENCIES.find((name) => name === text) ?? null },
  INTERVAL: { key: 'interval', read: (text) => readNumber(text, MAX_INTERVAL) },
  COUNT: { key: 'count', read: (text) => readNumber(text, 999_999_999_999) },
  UNTIL: { key: 'until', read: readUntil },
  WKST: {
    key: 'weekStart',
    read: (text) => ((WEEKDAY_CODES as readonly string[]).includes(text) ? WEEKDAY_CODES.indexOf(text as 'MO') : null),
  },
  BYMONTH: { key: 'months', read: (text) => readNumbers(text, 1, 12) },
  BYWEEKNO: { key: 'weeks', read: (text) => readNumbers(text, 1, 53, true) },
  BYYEARDAY: { key: 'yearDays', read: (text) => readNumbers(text, 1, 366, true) },
  BYMONTHDAY: { key: 'monthDays', read: (text) => readNumbers(text, 1, 31, true) },
  BYDAY: { key: 'weekdays', read: readWeekdays },
  BYHOUR: { key: 'hours', read: (text) => readNumbers(text, 0, 23) },
  BYMINUTE: { key: 'minutes', read: (text) => readNumbers(text, 0, 59) },
  BYSECOND: { key: 'seconds', read: (text) => readNumbers(text, 0, 60) },
  BYSETPOS: { key: 'positions', read: (text) => readNumbers(text, 1, 366, true) },
};

/** Reads `FREQ=…;…`; every faulty part is named. */
export function readRecurrence(text: string): { rule: Recurrence; faults: RuleFault[] } {
  const rule = empty();
  const faults: RuleFault[] = [];
  const seen = new Set<string>();
  for (const part of text.split(';').filter((piece) => piece.trim() !== '')) {
    const [name = '', value = '', ...rest] = part.trim().toUpperCase().replace(/\s+/g, '').split('=');
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    const read = reader && !rest.length ? reader.read(value) : null;
    const shown = part.trim().slice(0, 60);
    if (!reader || read === null) faults.push({ code: 'rulePart', part: shown });
    else if (seen.has(name)) faults.push({ code: 'ruleTwice', part: shown });
    else Object.assign(rule, { [reader.key]: read });
    seen.add(name);
  }
  if (!seen.has('FREQ')) faults.push({ code: 'ruleFreq', part: 'FREQ' });
  if (rule.count !== null && rule.until) faults.push({ code: 'ruleEnds', part: 'COUNT, UNTIL' });
  return { rule, faults };
}

/** Reads a rule as it stands in a form or an iCalendar file: `RRULE:` may lead it, DTSTART, EXDATE and RDATE may stand beside it. */
export function readRuleText(text: string): RuleText & { faults: RuleFault[] } {
  const said: RuleText & { faults: RuleFault[] } = {
    rule: null,
    text: '',
    start: null,
    zone: null,
    added: [],
    excluded: [],
    faults: [],
  };
  const lines = text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  for (const line of lines) readLine(line, said);
  if (!said.rule && !said.faults.length) said.faults.push({ code: 'ruleEmpty', part: '' });
  return said;
}

function readLine(line: string, said: RuleText & { faults: RuleFault[] }): void {
  const found = /^(RRULE|DTSTART|EXDATE|RDATE)((?:;[^:]*)?):(.*)$/i.exec(line);
  const name = found?.[1]?.toUpperCase() ?? 'RRULE';
  const value = found ? found[3]! : line;
  const zone = /;TZID=([^;:]+)/i.exec(found?.[2] ?? '')?.[1] ?? null;
  const fault = (code: RuleFault['code'], part = line): unknown => said.faults.push({ code, part: part.slice(0, 60) });
  if (name === 'RRULE') {
    if (said.rule) return void fault('ruleTwice', 'RRULE');
    const { rule, faults } = readRecurrence(value);
    said.rule = rule;
    said.text = value.trim();
    said.faults.push(...faults);
    return;
  }
  const stamps = value.split(',').map((stamp) => stamp.trim());
  if (!stamps.every((stamp) => readStamp(stamp))) return void fault('ruleLine');
  if (name === 'DTSTART') {
    if (said.start !== null || stamps.length > 1) return void fault('ruleTwice', 'DTSTART');
    said.start = stamps[0]!;
    said.zone = zone ?? (/Z$/i.test(said.start) ? 'UTC' : null);
  } else (name === 'EXDATE' ? said.excluded : said.added).push(...stamps);
}
