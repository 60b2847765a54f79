import type { DayRules } from '@opora/modules/sla';
import { Budget, type Occurrence, type Schedule, walk } from './recurrence';
import { instantOf, localOf } from './recurrence-zone';

/** What becomes of an occurrence that falls on a day off. */
export const SHIFTS = ['none', 'next_working', 'previous_working', 'skip'] as const;
export type Shift = (typeof SHIFTS)[number];
/** Why a day is off: its weekday, the production calendar, or an exception of the calendar. */
export type OffReason = 'day_off' | 'holiday' | 'exception';

const DAY = 86_400;
/** No calendar rests longer: whoever finds no working day within it stays where he is. */
export const LONGEST_SHIFT = 60;
const MOST_WALKED = 20_000;

/** A date of a plan. Moments of the wall clock are seconds since 1970 as if it were UTC's. */
export type PlannedDate = Occurrence & {
  /** The rule's own date, when a day off moved it. */
  shiftedFrom: number | null;
  why: OffReason | null;
  /** Other dates of the rule that came upon the same moment: they make one ticket. */
  merged: number[];
};
/** A date that a day off took away. */
export type LeftDate = { local: number; why: OffReason };
export type ShiftRule = { shift: Shift; days: DayRules | null };
export type PlannedDates = { dates: PlannedDate[]; left: LeftDate[]; isCut: boolean };

/** Why the day is off; null when it is worked. */
export function offReason(days: DayRules, day: number): OffReason | null {
  const { shifts, source, kind } = days(day);
  if (shifts.length) return null;
  if (source === 'week') return 'day_off';
  return source === 'holiday' && kind === 'off' ? 'holiday' : 'exception';
}

/** One date after the shift; null when it is left out. The time of day stays. */
export function shifted(one: Occurrence, { shift, days }: ShiftRule, timeZone: string): PlannedDate | LeftDate {
  const as = (at: Occurrence, why: OffReason | null): PlannedDate => ({
    ...at,
    shiftedFrom: at.local === one.local ? null : one.local,
    why,
    merged: [],
  });
  const day = Math.floor(one.local / DAY);
  const why = days && shift !== 'none' ? offReason(days, day) : null;
  if (!why) return as(one, null);
  if (shift === 'skip') return { local: one.local, why };
  const step = shift === 'next_working' ? 1 : -1;
  for (let by = step; Math.abs(by) <= LONGEST_SHIFT; by += step) {
    if (offReason(days!, day + by)) continue;
    const local = one.local + by * DAY;
    return as({ local, at: instantOf(local, timeZone, true)! }, why);
  }
  return as(one, why);
}

const isLeft = (one: PlannedDate | LeftDate): one is LeftDate => !('at' in one);

/**
 * The dates of a schedule after the shift, in order. Dates that come upon the same moment are one: the rule's own date there if it has
 * one, and the others named. So a date is the same whatever stretch of time is asked for.
 */
export function plannedDates(
  schedule: Schedule,
  rule: ShiftRule,
  { from = -Infinity, to = Infinity, count = 1000 }: { from?: number; to?: number; count?: number } = {},
): PlannedDates {
  const budget = new Budget();
  const reach = rule.shift === 'none' || rule.shift === 'skip' ? 0 : LONGEST_SHIFT * DAY * 1000;
  const found = new Map<number, PlannedDate>();
  const left: LeftDate[] = [];
  let walked = 0;
  let enough = Infinity;
  for (const one of walk(schedule, from - reach, budget)) {
    if (one.at >= to + reach || one.at > enough || ++walked > MOST_WALKED) break;
    const date = shifted(one, rule, schedule.timeZone);
    if (isLeft(date)) {
      if (left.length < 1000) left.push(date);
      continue;
    }
    if (date.at < from || date.at >= to) continue;
    add(found, date);
    // What comes later may still be moved before what is there.
    if (found.size >= count && enough === Infinity) enough = one.at + reach;
  }
  const dates = [...found.values()].sort((one, other) => one.at - other.at);
  const isGivenUp = budget.isSpent || walked > MOST_WALKED;
  const last = dates[count - 1]?.at ?? Infinity;
  return {
    dates: dates.slice(0, count),
    left: left.filter(({ local }) => local * 1000 <= last + DAY * 1000),
    isCut: isGivenUp && dates.length < count,
  };
}

function add(found: Map<number, PlannedDate>, date: PlannedDate): void {
  const present = found.get(date.at);
  if (!present) return void found.set(date.at, date);
  const [kept, other] = date.shiftedFrom === null ? [date, present] : [present, date];
  const merged = [...present.merged, ...date.merged, other.shiftedFrom ?? other.local];
  found.set(date.at, { ...kept, merged: [...new Set(merged)].sort((one, more) => one - more) });
}

/** The date so many days after the work was done, at its time of day, after the shift. Days off in between count. */
export function dateAfterDone(
  doneAt: number,
  { days, start, timeZone }: { days: number; start: number; timeZone: string },
  rule: ShiftRule,
): PlannedDate {
  const day = Math.floor(localOf(doneAt, timeZone) / DAY) + days;
  const local = day * DAY + (((start % DAY) + DAY) % DAY);
  const one = { local, at: instantOf(local, timeZone, true)! };
  const date = shifted(one, rule, timeZone);
  // A chain must not break: what would be left out waits for the next working day.
  return isLeft(date) ? (shifted(one, { ...rule, shift: 'next_working' }, timeZone) as PlannedDate) : date;
}

/** `2026-03-09T09:00:00`, the wall clock as it is written. */
export const wallText = (local: number): string => new Date(local * 1000).toISOString().slice(0, 19);
