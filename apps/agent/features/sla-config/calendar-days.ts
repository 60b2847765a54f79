/** A year of a calendar, day by day: what the year view draws while the calendar is still being written. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export type Interval = { from: string; to: string; nextDay?: boolean };
export type CalendarDefinition = {
  timeZone: string;
  week: Partial<Record<Weekday, Interval[]>>;
  yearly?: Record<string, Interval[]>;
  dated?: Record<string, Interval[]>;
  holidays?: string | null;
};
export type HolidayKind = 'off' | 'short' | 'working';
export type Holiday = { date: string; kind: HolidayKind };

/** `open` and `closed` come from the week; the others say which rule outranked it. */
export type DayKind = 'open' | 'closed' | 'holiday' | 'short' | 'moved' | 'special' | 'special_closed';
export type CalendarDay = { date: string; weekday: Weekday; kind: DayKind; intervals: Interval[] };

const DAY_MS = 86_400_000;
const HOUR = 60;

/** Every day of the year: a dated exception outranks the production calendar, that the yearly ones, those the week. */
export function yearOf(calendar: CalendarDefinition, holidays: Holiday[], year: number): CalendarDay[] {
  const marked = new Map(calendar.holidays ? holidays.map(({ date, kind }) => [date, kind]) : []);
  const days: CalendarDay[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY_MS) {
    const date = new Date(at).toISOString().slice(0, 10);
    const weekday = WEEKDAYS[(new Date(at).getUTCDay() + 6) % 7] as Weekday;
    days.push({ date, weekday, ...shiftsOf(calendar, marked.get(date), date, weekday) });
  }
  return days;
}

function shiftsOf(
  calendar: CalendarDefinition,
  marked: HolidayKind | undefined,
  date: string,
  weekday: Weekday,
): Pick<CalendarDay, 'kind' | 'intervals'> {
  const own = calendar.dated?.[date];
  if (own) return special(own);
  if (marked === 'off') return { kind: 'holiday', intervals: [] };
  const yearly = calendar.yearly?.[date.slice(5)];
  const usual = yearly ?? calendar.week[weekday] ?? [];
  // A Saturday or a Sunday that is worked is worked like a Friday.
  const worked = weekday === 'sat' || weekday === 'sun' ? (calendar.week.fri ?? []) : usual;
  if (marked === 'short') return { kind: 'short', intervals: shortened(worked) };
  if (marked === 'working') return { kind: 'moved', intervals: worked };
  if (yearly) return special(yearly);
  return { kind: usual.length > 0 ? 'open' : 'closed', intervals: usual };
}

const special = (intervals: Interval[]): Pick<CalendarDay, 'kind' | 'intervals'> => ({
  kind: intervals.length > 0 ? 'special' : 'special_closed',
  intervals,
});

/** The last hour of the day's shifts falls away. */
function shortened(intervals: Interval[]): Interval[] {
  const kept = [...intervals].sort((a, b) => minutesOf(a.from) - minutesOf(b.from));
  for (let spare = HOUR; spare > 0 && kept.length > 0;) {
    const last = kept.at(-1) as Interval;
    const length = lengthOf(last);
    if (length > spare) {
      kept[kept.length - 1] = { from: last.from, to: clockOf(minutesOf(last.from) + length - spare) };
      return kept;
    }
    kept.pop();
    spare -= length;
  }
  return kept;
}

/** Minutes of the clock; NaN for what is not a time. */
export function minutesOf(time: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  const at = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && at <= 24 * 60 ? at : NaN;
}

const clockOf = (minutes: number): string => {
  const at = minutes > 24 * 60 ? minutes - 24 * 60 : minutes;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
};

/** An end that is not after its beginning lies in the next day. */
export const isOvernight = ({ from, to }: Interval): boolean => minutesOf(to) <= minutesOf(from);

/** Minutes of a shift by the clock. */
export function lengthOf(interval: Interval): number {
  const length = minutesOf(interval.to) - minutesOf(interval.from);
  return length > 0 ? length : length + 24 * 60;
}

/** Minutes of a day's shifts by the clock. */
export const minutesIn = (intervals: Interval[]): number =>
  intervals.reduce((sum, interval) => sum + (lengthOf(interval) || 0), 0);

/** A time as a person types it: «9», «930», «9.30», «24» become what the server keeps; anything else stays as it is. */
export function tidyTime(text: string): string {
  const plain = text.trim();
  const [, hours, minutes = '00'] =
    /^(\d{1,2})(?:[:.,\- ]?([0-5]\d))?$/.exec(plain) ?? /^(\d{1,2})[:.,\- ]$/.exec(plain) ?? [];
  if (hours === undefined) return plain;
  const tidy = `${hours.padStart(2, '0')}:${minutes}`;
  return Number.isNaN(minutesOf(tidy)) ? plain : tidy;
}
