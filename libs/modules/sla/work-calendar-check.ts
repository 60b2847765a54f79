import type { FieldProblem } from '@opora/platform/errors';
import { type CalendarDefinition, type FullDefinition, type Interval, shiftOf, WEEKDAYS } from './work-day';
import { isTimeZone } from './zone-offsets';

const MAX_INTERVALS = 24;
const MAX_YEARLY = 366;
const MAX_DATED = 3000;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1');
const problem = (pointer: string, name: string, words = ''): FieldProblem => ({
  pointer,
  code: `sla.${name}`,
  message: words && `: ${words.slice(0, 80)}`,
});

/** Whether the text is a date of the calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // The same years as a moment may have.
  const isNear = text >= '1900' && text < '9001';
  return isNear && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether the text is a day of some year: 02-29 is, 02-30 is not. */
const isDayOfYear = (text: string): boolean => /^\d\d-\d\d$/.test(text) && isDate(`2024-${text}`);

function intervalProblems(interval: unknown, here: string): FieldProblem[] {
  if (!isRecord(interval)) return [problem(here, 'intervalShape')];
  const unknown = Object.keys(interval).find((key) => !['from', 'to', 'nextDay'].includes(key));
  if (unknown) return [problem(`${here}/${escaped(unknown)}`, 'intervalShape')];
  const { from, to, nextDay } = interval;
  const problems: FieldProblem[] = [];
  if (typeof from !== 'string' || !TIME.test(from)) problems.push(problem(`${here}/from`, 'timeWrong'));
  if (typeof to !== 'string' || !(TIME.test(to) || to === '24:00')) problems.push(problem(`${here}/to`, 'timeWrong'));
  if (nextDay !== undefined && typeof nextDay !== 'boolean') problems.push(problem(`${here}/nextDay`, 'nextDayWrong'));
  if (problems.length) return problems;
  const endsNextDay = String(to) <= String(from);
  if (endsNextDay && nextDay === false) return [problem(`${here}/to`, 'endsBeforeItBegins', `${from}–${to}`)];
  if (!endsNextDay && nextDay === true) return [problem(`${here}/nextDay`, 'nextDayWrong')];
  return [];
}

function dayProblems(intervals: unknown, here: string): FieldProblem[] {
  if (!Array.isArray(intervals)) return [problem(here, 'dayShape')];
  if (intervals.length > MAX_INTERVALS) return [problem(here, 'dayTooMany', String(MAX_INTERVALS))];
  const problems = intervals.flatMap((interval, index) => intervalProblems(interval, `${here}/${index}`));
  return problems.length ? problems : overlapProblems(intervals as Interval[], here);
}

function overlapProblems(intervals: readonly Interval[], here: string): FieldProblem[] {
  const shifts = intervals.map((interval, index) => ({ ...shiftOf(interval), interval, index }));
  shifts.sort((one, other) => one.from - other.from || one.to - other.to);
  const words = ({ from, to }: Interval) => `${from}–${to}`;
  let longest = shifts[0];
  return shifts.slice(1).flatMap((shift) => {
    const earlier = longest!;
    if (shift.to > earlier.to) longest = shift;
    return shift.from < earlier.to
      ? [problem(`${here}/${shift.index}`, 'intervalsOverlap', `${words(earlier.interval)}, ${words(shift.interval)}`)]
      : [];
  });
}

function exceptionProblems(
  given: unknown,
  here: string,
  { isKey, code, limit }: { isKey: (key: string) => boolean; code: string; limit: number },
): FieldProblem[] {
  if (given === undefined || given === null) return [];
  if (!isRecord(given)) return [problem(here, 'exceptionsShape')];
  const entries = Object.entries(given);
  if (entries.length > limit) return [problem(here, 'exceptionsTooMany', String(limit))];
  return entries.flatMap(([key, intervals]) =>
    isKey(key)
      ? dayProblems(intervals, `${here}/${escaped(key)}`)
      : [problem(`${here}/${escaped(key)}`, code, key.slice(0, 20))],
  );
}

function weekProblems(week: unknown, here: string): FieldProblem[] {
  if (!isRecord(week)) return [problem(here, 'weekShape')];
  return Object.entries(week).flatMap(([day, intervals]) =>
    (WEEKDAYS as readonly string[]).includes(day)
      ? dayProblems(intervals, `${here}/${day}`)
      : [problem(`${here}/${escaped(day)}`, 'weekdayUnknown', day.slice(0, 20))],
  );
}

const FIELDS = ['timeZone', 'week', 'yearly', 'dated', 'holidays'];

/** What is wrong with the description of a calendar, each problem with its place. Whether it has any hours is `hasHours`. */
export function calendarProblems(given: unknown, pointer = ''): FieldProblem[] {
  if (!isRecord(given)) return [problem(pointer, 'calendarShape')];
  const { timeZone, week, yearly, dated, holidays } = given;
  const problems = Object.keys(given)
    .filter((key) => !FIELDS.includes(key))
    .map((key) => problem(`${pointer}/${escaped(key)}`, 'calendarFieldUnknown'));
  if (!isTimeZone(timeZone))
    problems.push(problem(`${pointer}/timeZone`, 'zoneUnknown', typeof timeZone === 'string' ? timeZone : ''));
  problems.push(
    ...weekProblems(week, `${pointer}/week`),
    ...exceptionProblems(yearly, `${pointer}/yearly`, {
      isKey: isDayOfYear,
      code: 'dayOfYearWrong',
      limit: MAX_YEARLY,
    }),
    ...exceptionProblems(dated, `${pointer}/dated`, { isKey: isDate, code: 'dateWrong', limit: MAX_DATED }),
  );
  if (holidays !== undefined && holidays !== null && !(typeof holidays === 'string' && /^[a-z]{2}$/.test(holidays)))
    problems.push(problem(`${pointer}/holidays`, 'holidaysUnknown', typeof holidays === 'string' ? holidays : ''));
  return problems;
}

/** Whether there is an hour of work anywhere in a calendar. */
export const hasHours = ({ week, yearly, dated }: CalendarDefinition): boolean =>
  [week, yearly ?? {}, dated ?? {}].some((days) => Object.values(days).some((intervals) => intervals.length > 0));

/** The definition with every field in its place, and the days and dates in order. */
export function tidied({ timeZone, week, yearly, dated, holidays }: CalendarDefinition): FullDefinition {
  const interval = ({ from, to }: Interval): Interval => ({ from, to });
  const day = (intervals: readonly Interval[] | undefined) =>
    [...(intervals ?? [])].sort((one, other) => (one.from < other.from ? -1 : 1)).map(interval);
  const inOrder = (byDate: Record<string, Interval[]> | null | undefined) =>
    Object.fromEntries(
      Object.entries(byDate ?? {})
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([date, intervals]) => [date, day(intervals)]),
    );
  return {
    timeZone,
    week: Object.fromEntries(WEEKDAYS.map((name) => [name, day(week[name])])),
    yearly: inOrder(yearly),
    dated: inOrder(dated),
    holidays: holidays ?? null,
  };
}
