import { WEEKDAYS, type CalendarDefinition, type Interval, type Weekday } from './calendar-days';

export type WeekGroup = { first: Weekday; last: Weekday; intervals: Interval[] };

/** Neighbouring days of the same hours as one: Mon–Fri 09:00–18:00. Days off are left out. */
export function weekGroups(week: CalendarDefinition['week']): WeekGroup[] {
  const groups: WeekGroup[] = [];
  let before: WeekGroup | undefined;
  for (const day of WEEKDAYS) {
    const intervals = week[day] ?? [];
    if (intervals.length === 0) before = undefined;
    else if (before && JSON.stringify(before.intervals) === JSON.stringify(intervals)) before.last = day;
    else groups.push((before = { first: day, last: day, intervals }));
  }
  return groups;
}
