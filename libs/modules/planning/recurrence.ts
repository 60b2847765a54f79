import { DayFilter, monthLength, newYear, weekdayOf, yearLength } from './recurrence-days';
import type { Recurrence } from './recurrence-rule';
import { instantOf, localOf } from './recurrence-zone';

const DAY = 86_400;
const LAST_YEAR = 9999;
/** So many candidates are looked at before a rule is given up: a fraction of a second of work. */
const MOST_WORK = 2_500_000;
const UNIT = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 } as const;

/** A rule with its start; moments of a wall clock are seconds since 1970 as if the wall were UTC's. */
export type Schedule = {
  rule: Recurrence | null;
  /** First moment of the rule, on the wall clock. */
  start: number;
  timeZone: string;
  added?: readonly number[];
  excluded?: readonly number[];
};

/** One occurrence: the wall clock's time and the instant in milliseconds. */
export type Occurrence = { local: number; at: number };
export type Asked = { from?: number; to?: number; count?: number };
/** `isCut`: the rule was given up before all that was asked had been found. */
export type Found = { dates: Occurrence[]; isCut: boolean };

/** What a rule leaves open, its start decides. */
function completed(given: Recurrence, start: number): Recurrence {
  const rule = { ...given };
  const date = new Date(start * 1000);
  const saysDays = rule.weeks.length || rule.yearDays.length || rule.monthDays.length || rule.weekdays.length;
  if (!saysDays) {
    if (rule.freq === 'YEARLY' && !rule.months.length) rule.months = [date.getUTCMonth() + 1];
    if (rule.freq === 'YEARLY' || rule.freq === 'MONTHLY') rule.monthDays = [date.getUTCDate()];
    if (rule.freq === 'WEEKLY') rule.weekdays = [{ day: weekdayOf(Math.floor(start / DAY)), nth: 0 }];
  }
  const { freq } = rule;
  if (!rule.hours.length && !(freq in UNIT)) rule.hours = [date.getUTCHours()];
  if (!rule.minutes.length && freq !== 'MINUTELY' && freq !== 'SECONDLY') rule.minutes = [date.getUTCMinutes()];
  if (!rule.seconds.length && freq !== 'SECONDLY') rule.seconds = [date.getUTCSeconds()];
  return rule;
}

/** How much work a walk may still do. */
export class Budget {
  private left = MOST_WORK;
  isSpent = false;

  spend(work: number): boolean {
    this.left -= work;
    if (this.left < 0) this.isSpent = true;
    return !this.isSpent;
  }
}

/** The places of a list of `size` that BYSETPOS names; all of them without it. */
function* chosen(positions: readonly number[], size: number): Generator<number> {
  if (!positions.length) {
    for (let at = 0; at < size; at++) yield at;
    return;
  }
  const places = positions.map((position) => (position > 0 ? position - 1 : size + position));
  const inside = [...new Set(places.filter((place) => place >= 0 && place < size))];
  yield* inside.sort((one, other) => one - other);
}

const stepsTo = (from: number, wanted: number, step: number): number =>
  from + Math.max(0, Math.ceil((wanted - from) / step)) * step;

/** Days of the periods of a rule by days or longer, each period's together. */
function* periods(rule: Recurrence, start: number, after: number, budget: Budget): Generator<number[]> {
  const filter = new DayFilter(rule);
  const { freq, interval } = rule;
  const [startDay, afterDay] = [Math.floor(start / DAY), Math.floor(Math.max(start, after) / DAY)];
  const goodOf = (first: number, length: number): number[] =>
    Array.from({ length }, (_, index) => first + index).filter((day) => filter.lets(day));
  if (filter.next(afterDay - 7) === null) return;
  const [startDate, afterDate] = [new Date(startDay * 86_400_000), new Date(afterDay * 86_400_000)];
  if (freq === 'YEARLY') {
    const first = stepsTo(startDate.getUTCFullYear(), afterDate.getUTCFullYear(), interval);
    for (let year = first; year <= LAST_YEAR && budget.spend(300); year += interval)
      yield goodOf(newYear(year), yearLength(year));
  } else if (freq === 'MONTHLY') {
    const index = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
    for (
      let at = stepsTo(index(startDate), index(afterDate), interval);
      at < (LAST_YEAR + 1) * 12 && budget.spend(30);
      at += interval
    ) {
      const [year, month] = [Math.floor(at / 12), (at % 12) + 1];
      if (rule.months.length && !rule.months.includes(month)) continue;
      const { first } = filter.year(year);
      let day = first;
      for (let before = 1; before < month; before++) day += monthLength(year, before);
      yield goodOf(day, monthLength(year, month));
    }
  } else {
    const [length, step] = freq === 'WEEKLY' ? [7, 7 * interval] : [1, interval];
    const origin = freq === 'WEEKLY' ? startDay - ((weekdayOf(startDay) - rule.weekStart + 7) % 7) : startDay;
    const last = newYear(LAST_YEAR + 1) - length;
    for (let day = stepsTo(origin, afterDay - length + 1, step); day <= last && budget.spend(20 + length);) {
      const good = filter.next(day);
      if (good === null) return;
      if (good < day + length) yield goodOf(day, length);
      day = stepsTo(day + step, good - length + 1, step);
    }
  }
}

/** Wall-clock times of a rule by days or longer, in order. */
function* byDays(rule: Recurrence, start: number, after: number, budget: Budget): Generator<number> {
  const times: number[] = [];
  for (const hour of rule.hours)
    for (const minute of rule.minutes)
      for (const second of rule.seconds) times.push(hour * 3600 + minute * 60 + second);
  for (const days of periods(rule, start, after, budget)) {
    for (const place of chosen(rule.positions, days.length * times.length)) {
      if (!budget.spend(1)) return;
      const local = days[Math.floor(place / times.length)]! * DAY + times[place % times.length]!;
      if (local >= start) yield local;
    }
  }
}

/** Wall-clock times of a rule by hours, minutes or seconds, in order. */
function* byTime(rule: Recurrence, start: number, after: number, budget: Budget): Generator<number> {
  const filter = new DayFilter(rule);
  const unit = UNIT[rule.freq as keyof typeof UNIT];
  const step = unit * rule.interval;
  const origin = Math.floor(start / unit) * unit;
  const inner: number[] =
    unit === 3600
      ? rule.minutes.flatMap((minute) => rule.seconds.map((second) => minute * 60 + second))
      : unit === 60
        ? rule.seconds
        : [0];
  const places = [...chosen(rule.positions, inner.length)];
  if (!places.length || !isReachable(rule, origin, step)) return;
  const end = newYear(LAST_YEAR + 1) * DAY;
  for (let at = stepsTo(origin, Math.floor(Math.max(start, after) / unit) * unit, step); at < end && budget.spend(3);) {
    const day = Math.floor(at / DAY);
    const time = at - day * DAY;
    const good = filter.next(day);
    if (good === null) return;
    const skipTo = good > day ? good * DAY : day * DAY + nextTime(rule, time);
    if (skipTo > at) {
      at = stepsTo(at, skipTo, step);
      continue;
    }
    for (const place of places) {
      const local = at + inner[place]!;
      if (local >= start && budget.spend(1)) yield local;
    }
    at += step;
  }
}

/** Whether steps from the origin ever meet a time of day that BYHOUR, BYMINUTE and BYSECOND let through. */
function isReachable(rule: Recurrence, origin: number, step: number): boolean {
  let [greater, divisor] = [DAY, step];
  while (divisor) [greater, divisor] = [divisor, greater % divisor];
  for (let time = ((origin % greater) + greater) % greater; time < DAY; time += greater)
    if (nextTime(rule, time) === time) return true;
  return false;
}

/** The first second of the day from `time` on whose hour, minute and second BYHOUR, BYMINUTE and BYSECOND may let through. */
function nextTime(rule: Recurrence, time: number): number {
  const [hour, minute, second] = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60];
  if (rule.hours.length && !rule.hours.includes(hour)) return (rule.hours.find((one) => one > hour) ?? 24) * 3600;
  if (rule.freq === 'HOURLY') return time;
  if (rule.minutes.length && !rule.minutes.includes(minute)) {
    const next = rule.minutes.find((one) => one > minute);
    return next === undefined ? (hour + 1) * 3600 : hour * 3600 + next * 60;
  }
  if (rule.freq === 'MINUTELY') return time;
  if (rule.seconds.length && !rule.seconds.includes(second)) {
    const next = rule.seconds.find((one) => one > second);
    return hour * 3600 + minute * 60 + (next ?? 60);
  }
  return time;
}

/** Occurrences of the rule alone. Those a change of clocks leaves without a moment do not exist and are not counted. */
function* ofRule({ rule: given, start, timeZone }: Schedule, after: number, budget: Budget): Generator<Occurrence> {
  if (!given) return;
  const rule = completed(given, start);
  const { until } = rule;
  let left = rule.count ?? Infinity;
  // A count is counted from the start; without one the walk may begin where it is asked for.
  const locals = (rule.freq in UNIT ? byTime : byDays)(rule, start, rule.count === null ? after : start, budget);
  for (const local of locals) {
    if (until?.kind === 'local' && local > until.seconds) return;
    const at = instantOf(local, timeZone);
    if (at === null) continue;
    if (until?.kind === 'instant' && at > until.at) return;
    yield { local, at };
    if (--left <= 0) return;
  }
}

/** Walks a schedule from an instant on: its rule, what is added, without what is excluded, in order and each once. */
export function* walk(schedule: Schedule, from: number, budget: Budget): Generator<Occurrence> {
  const { timeZone, start } = schedule;
  // A zone's clock is never more than a day from UTC's.
  const after = from === -Infinity ? start : Math.max(start, localOf(from, timeZone) - DAY);
  const excluded = new Set(schedule.excluded ?? []);
  const extra = [...new Set(schedule.added ?? [])]
    .map((local) => ({ local, at: instantOf(local, timeZone, true)! }))
    .sort((one, other) => one.at - other.at);
  let last = NaN;
  const isNew = (one: Occurrence): boolean => {
    if (one.at < from || one.at === last || excluded.has(one.local)) return false;
    last = one.at;
    return true;
  };
  for (const one of ofRule(schedule, after, budget)) {
    while (extra.length && extra[0]!.at <= one.at) {
      const added = extra.shift()!;
      if (isNew(added)) yield added;
    }
    if (isNew(one)) yield one;
  }
  for (const added of extra) if (isNew(added)) yield added;
}

/**
 * Occurrences of a schedule. `from` and `to` are instants, `from` inside, `to` outside; at most `count` of them. The work is bounded: a
 * rule that never comes true ends, and `isCut` tells when it was given up.
 */
export function occurrences(schedule: Schedule, { from = -Infinity, to = Infinity, count = 1000 }: Asked = {}): Found {
  const budget = new Budget();
  const dates: Occurrence[] = [];
  for (const one of walk(schedule, from, budget)) {
    if (one.at >= to || dates.length >= count) return { dates, isCut: false };
    dates.push(one);
    if (dates.length >= count) return { dates, isCut: false };
  }
  return { dates, isCut: budget.isSpent };
}
