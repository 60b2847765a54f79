import { compileCalendar, elapsed } from './work-time';
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

const DAY = 86_400_000;
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

/** How long the shifts of one date really take: a calendar in which nothing else is worked is asked. */
function secondsOf({ timeZone }: CalendarDefinition, date: string, intervals: Interval[]): number {
  if (!intervals.length) return 0;
  const alone = compileCalendar({ timeZone, week: {}, dated: { [date]: intervals } });
  const noon = Date.parse(`${date}T12:00:00Z`);
  return elapsed(alone, noon - 3 * DAY, noon + 4 * DAY);
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
    const workingSeconds = secondsOf(definition, date, intervals);
    days.push({ date, weekday: WEEKDAYS[weekdayIndex(day)]!, source, kind, intervals, workingSeconds });
  }
  return days;
}
