/** Rules of worked time that need no database. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A real day, written `2026-11-22`. */
export function isDay(text: unknown): text is string {
  const found = typeof text === 'string' ? DAY.exec(text) : null;
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 9000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The day of a moment by the wall calendar of a zone. */
export function dayOf(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(moment);
}

/** Days compare as texts. */
export const isLocked = (workedOn: string, lockedUntil: string | null): boolean =>
  lockedUntil !== null && workedOn <= lockedUntil;

/** Whether the author may still change his entry. */
export const isWithinWindow = (createdAt: Date, now: Date, editWindowHours: number | null): boolean =>
  editWindowHours === null || now.getTime() - createdAt.getTime() <= editWindowHours * 3_600_000;

/** Seconds a timer has counted. A clock put back does not take away. */
export const countedSeconds = (
  { accumulatedSeconds, runningSince }: { accumulatedSeconds: number; runningSince: Date | null },
  now: Date,
): number =>
  accumulatedSeconds + (runningSince ? Math.max(0, Math.floor((now.getTime() - runningSince.getTime()) / 1000)) : 0);
