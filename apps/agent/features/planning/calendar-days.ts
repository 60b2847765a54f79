export type Span = 'month' | 'week';

const DAY = 86_400_000;
const pad = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-09`, a day on the reader's own clock. */
export const dayKey = (date: Date): string =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

/** The day's midnight on the reader's own clock. */
export const dayOfKey = (key: string): Date => new Date(`${key}T00:00:00`);

/** So many days later; days have not always 24 hours. */
export function addDays(date: Date, days: number): Date {
  const next = new Date(date);
  next.setDate(next.getDate() + days);
  return next;
}

const monday = (date: Date): Date => addDays(date, -((date.getDay() + 6) % 7));

/** The days a calendar shows around a day: its week, or the weeks its month touches. */
export function shownDays(around: Date, span: Span): Date[] {
  const day = dayOfKey(dayKey(around));
  if (span === 'week') return Array.from({ length: 7 }, (_, index) => addDays(monday(day), index));
  const first = new Date(day.getFullYear(), day.getMonth(), 1);
  const last = new Date(day.getFullYear(), day.getMonth() + 1, 0);
  const start = monday(first);
  const weeks = Math.ceil((Math.round((last.getTime() - start.getTime()) / DAY) + 1) / 7);
  return Array.from({ length: weeks * 7 }, (_, index) => addDays(start, index));
}

/** The day around which the calendar before or after stands. */
export function turned(around: Date, span: Span, by: -1 | 1): Date {
  if (span === 'week') return addDays(around, by * 7);
  const first = new Date(around.getFullYear(), around.getMonth() + by, 1);
  const length = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  return new Date(first.getFullYear(), first.getMonth(), Math.min(around.getDate(), length));
}

/** A moment on another day, at the same time of day of the reader's clock. */
export function onDay(moment: string, key: string): Date {
  const at = new Date(moment);
  const day = dayOfKey(key);
  day.setHours(at.getHours(), at.getMinutes(), at.getSeconds());
  return day;
}
