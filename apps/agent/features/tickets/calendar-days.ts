/** A day of the calendar, `2026-11-22`. */
export type Day = string;
export type CalendarSpan = 'month' | 'week';

const DAY_MS = 86_400_000;
const dayOf = (at: number): Day => new Date(at).toISOString().slice(0, 10);

export const isDay = (text: string | null): text is Day =>
  text !== null &&
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  dayOf(Date.parse(text)) === text;

export const addDays = (day: Day, count: number): Day => dayOf(Date.parse(day) + count * DAY_MS);

/** The day of a moment on the screen's clock. */
export function localDay(moment: string | number): Day {
  const at = new Date(moment);
  return dayOf(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()));
}

/** The Monday of the day's week. */
export const weekOf = (day: Day): Day => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

/** The days a screen shows: a week, or the whole weeks a month lies in. */
export function daysShown(anchor: Day, span: CalendarSpan): Day[] {
  const first = span === 'week' ? weekOf(anchor) : weekOf(`${anchor.slice(0, 7)}-01`);
  const last = span === 'week' ? addDays(first, 6) : addDays(weekOf(addDays(nextMonth(anchor), -1)), 6);
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

function nextMonth(day: Day): Day {
  const at = new Date(day);
  return dayOf(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}

/** The anchor one screen further or back. */
export function stepped(anchor: Day, span: CalendarSpan, step: 1 | -1): Day {
  if (span === 'week') return addDays(anchor, 7 * step);
  return step > 0 ? nextMonth(anchor) : `${addDays(`${anchor.slice(0, 7)}-01`, -1).slice(0, 7)}-01`;
}

/** The same time of the screen's clock on another day. */
export function onDay(moment: string, day: Day): string {
  const at = new Date(moment);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, at.getHours(), at.getMinutes(), at.getSeconds()).toISOString();
}
