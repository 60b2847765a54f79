import {
  type CalendarDefinition,
  dateOfDay,
  dayRules,
  type HolidayDays,
  type Interval,
  type Shift,
  type WorkDay,
  weekdayIndex,
  WEEKDAYS,
} from './work-day';
import { offsetSpans, yearOf } from './zone-offsets';

const DAY = 86_400_000;
const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;

export type CalendarDay = Pick<WorkDay, 'source' | 'kind'> & {
  date: string;
  weekday: string;
  intervals: Interval[];
  workingSeconds: number;
};

const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const intervalOf = ({ from, to }: Shift): Interval => {
  const isNextDay = to > MINUTES_OF_DAY;
  return {
    from: timeOf(from),
    to: timeOf(isNextDay ? to - MINUTES_OF_DAY : to),
    ...(isNextDay ? { nextDay: true } : {}),
  };
};

/** How long a stretch of the wall clock really takes: an hour that happens twice counts twice, a skipped one not at all. */
function secondsOf(zone: string, from: number, to: number): number {
  const [first, last] = [yearOf(from - DAY), yearOf(to + DAY)];
  const spans = [...offsetSpans(zone, first), ...(last > first ? offsetSpans(zone, last) : [])];
  return (
    spans.reduce(
      (sum, span) => sum + Math.max(0, Math.min(to - span.offset, span.to) - Math.max(from - span.offset, span.from)),
      0,
    ) / 1000
  );
}

/** Every date of the year with the shifts that start on it. */
export function yearOfCalendar(
  definition: CalendarDefinition,
  holidays: HolidayDays | null,
  year: number,
): CalendarDay[] {
  const rules = dayRules(definition, holidays);
  const days: CalendarDay[] = [];
  for (let day = Date.UTC(year, 0, 1) / DAY; day < Date.UTC(year + 1, 0, 1) / DAY; day++) {
    const { shifts, source, kind } = rules(day);
    const intervals = shifts.map(intervalOf);
    const date = dateOfDay(day);
    const workingSeconds = shifts.reduce(
      (sum, { from, to }) => sum + secondsOf(definition.timeZone, day * DAY + from * MINUTE, day * DAY + to * MINUTE),
      0,
    );
    days.push({ date, weekday: WEEKDAYS[weekdayIndex(day)]!, source, kind, intervals, workingSeconds });
  }
  return days;
}
