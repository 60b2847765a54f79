/** Days as `YYYY-MM-DD`, without a time zone. */
const DAY = 86_400_000;

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);

/** The day it is where the reader sits. */
export function todayOf(now: Date = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** Columns a stretch of days takes in a window, from 1; undefined when it lies outside. */
export function columnsOf(
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  start: string,
  count: number,
): { from: number; to: number } | undefined {
  const from = Math.max(0, daysBetween(start, firstDay));
  const to = Math.min(count - 1, daysBetween(start, lastDay));
  return from > to ? undefined : { from: from + 1, to: to + 2 };
}
