import { WEEKDAYS, type CalendarDay } from './calendar-days';

/** The days of a year month by month. */
export function monthsOf(days: CalendarDay[]): CalendarDay[][] {
  const months: CalendarDay[][] = [];
  for (const day of days) {
    if (day.date.endsWith('-01')) months.push([]);
    months.at(-1)?.push(day);
  }
  return months;
}

/** Where a day stands in its week, from 1. */
export const columnOf = ({ weekday }: CalendarDay): number => WEEKDAYS.indexOf(weekday) + 1;

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** The date a key leads to within the year; undefined when the key is not ours. */
export function dayAfter(key: string, from: string, days: CalendarDay[]): string | undefined {
  const at = days.findIndex(({ date }) => date === from);
  if (at < 0) return undefined;
  const step = STEPS[key];
  if (step !== undefined) return days[Math.max(0, Math.min(days.length - 1, at + step))]?.date;
  if (key === 'Home') return days[0]?.date;
  if (key === 'End') return days.at(-1)?.date;
  if (key === 'PageUp' || key === 'PageDown') return monthAway(from, key === 'PageUp' ? -1 : 1, days);
  return undefined;
}

/** The same day of the next month, or its last one. */
function monthAway(from: string, by: number, days: CalendarDay[]): string {
  const month = Number(from.slice(5, 7)) + by;
  if (month < 1 || month > 12) return from;
  const prefix = `${from.slice(0, 5)}${String(month).padStart(2, '0')}-`;
  const inMonth = days.filter(({ date }) => date.startsWith(prefix));
  return (inMonth.find(({ date }) => date.slice(8) === from.slice(8)) ?? inMonth.at(-1))?.date ?? from;
}
