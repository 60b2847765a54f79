import type { CalendarDefinition, Interval } from './calendar-days';

/** A day that differs: in one year, or in every one. */
export type Exception = { key: string; isYearly: boolean; intervals: Interval[] };
type Exceptions = Pick<CalendarDefinition, 'yearly' | 'dated'>;

/** Both kinds in one list: those of every year first, each by its date. */
export function exceptionsOf({ yearly = {}, dated = {} }: Exceptions): Exception[] {
  const list = (of: Record<string, Interval[]>, isYearly: boolean) =>
    Object.entries(of)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, intervals]) => ({ key, isYearly, intervals }));
  return [...list(yearly, true), ...list(dated, false)];
}

/** The calendar with this exception set, or without it. */
export function withException<C extends Exceptions>(calendar: C, exception: Exception, isKept = true): C {
  const place = exception.isYearly ? 'yearly' : 'dated';
  const { [exception.key]: _, ...others } = calendar[place] ?? {};
  return { ...calendar, [place]: isKept ? { ...others, [exception.key]: exception.intervals } : others };
}
