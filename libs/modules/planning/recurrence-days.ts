import { dayOf, type Recurrence } from './recurrence-rule';

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days since 1970 of 1 January. */
export const newYear = (year: number): number => dayOf(year, 1, 1)!;
export const yearLength = (year: number): number => (isLeap(year) ? 366 : 365);
export const monthLength = (year: number, month: number): number =>
  LENGTHS[month - 1]! + (month === 2 && isLeap(year) ? 1 : 0);
/** Monday = 0. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Where the days of a year stand: the acceptable ones are marked. */
export type YearDays = { year: number; first: number; length: number; isGood: Uint8Array };

/** First day of the first week of a year: the one with at least four days in it. */
function firstWeek(year: number, weekStart: number): number {
  const first = newYear(year);
  const behind = (weekdayOf(first) - weekStart + 7) % 7;
  return behind <= 3 ? first - behind : first - behind + 7;
}

/** Numbers of the week a day lies in, from the beginning and from the end of the year the week belongs to. */
function weekNumbers(day: number, year: number, weekStart: number): [number, number] {
  const owner = [year + 1, year, year - 1].find((one) => firstWeek(one, weekStart) <= day)!;
  const start = firstWeek(owner, weekStart);
  const weeks = (firstWeek(owner + 1, weekStart) - start) / 7;
  const number = Math.floor((day - start) / 7) + 1;
  return [number, number - weeks - 1];
}

const has = (numbers: readonly number[], fromStart: number, fromEnd: number): boolean =>
  !numbers.length || numbers.includes(fromStart) || numbers.includes(fromEnd);

/** Whether the day is the n-th of its weekday within a stretch that has so many days before and after it. */
const isNth = (nth: number, before: number, after: number): boolean =>
  nth > 0 ? Math.floor(before / 7) + 1 === nth : -Math.floor(after / 7) - 1 === nth;

/** Which days of a year the rule lets through: every BYxxx about days narrows them. */
export function daysOfYear(rule: Recurrence, year: number): YearDays {
  const [first, length] = [newYear(year), yearLength(year)];
  const isGood = new Uint8Array(length);
  const { months, weeks, yearDays, monthDays, weekdays, freq, weekStart } = rule;
  // An ordinal means something within a month or a year alone.
  const countsIn =
    freq === 'MONTHLY' || (freq === 'YEARLY' && months.length) ? 'month' : freq === 'YEARLY' ? 'year' : null;
  for (let month = 1, start = 0; month <= 12; start += monthLength(year, month++)) {
    if (months.length && !months.includes(month)) continue;
    const days = monthLength(year, month);
    for (let date = 0; date < days; date++) {
      const at = start + date;
      const day = first + at;
      if (!has(monthDays, date + 1, date - days) || !has(yearDays, at + 1, at - length)) continue;
      if (weeks.length && !has(weeks, ...weekNumbers(day, year, weekStart))) continue;
      const [before, after] = countsIn === 'year' ? [at, length - 1 - at] : [date, days - 1 - date];
      const weekday = weekdayOf(day);
      const isAsked = ({ day: wanted, nth }: Recurrence['weekdays'][number]): boolean =>
        wanted === weekday && (nth === 0 || !countsIn || isNth(nth, before, after));
      if (!weekdays.length || weekdays.some(isAsked)) isGood[at] = 1;
    }
  }
  return { year, first, length, isGood };
}

/** Every year is like one within any 400: the calendar comes round then, weekdays and all. */
const ROUND = 400;

/** The same by day, a few years kept at hand. */
export class DayFilter {
  private readonly kept = new Map<number, YearDays>();
  private latest: YearDays = { year: 0, first: 0, length: 0, isGood: new Uint8Array(0) };

  constructor(private readonly rule: Recurrence) {}

  year(year: number): YearDays {
    let days = this.kept.get(year);
    if (!days) {
      if (this.kept.size > 4) this.kept.clear();
      this.kept.set(year, (days = daysOfYear(this.rule, year)));
    }
    return days;
  }

  lets(day: number): boolean {
    return this.around(day).isGood[day - this.latest.first] === 1;
  }

  /** The first acceptable day from this one on; null when there is none any more, ever. */
  next(day: number): number | null {
    const { year, first } = this.around(day);
    const here = this.latest.isGood.indexOf(1, day - first);
    if (here >= 0) return first + here;
    for (let later = year + 1; later <= year + ROUND; later++) {
      const days = this.year(later);
      const at = days.isGood.indexOf(1);
      if (at >= 0) return days.first + at;
    }
    return null;
  }

  private around(day: number): YearDays {
    const { first, length } = this.latest;
    if (day < first || day >= first + length) this.latest = this.year(new Date(day * 86_400_000).getUTCFullYear());
    return this.latest;
  }
}
