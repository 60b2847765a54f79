const HOUR = 60;
const FULL_DAY = 24 * HOUR;
const DAY = 86_400_000;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Working hours from `HH:MM` to `HH:MM` (or `24:00`); an end that is not after its beginning is on the next day. */
export type Interval = { from: string; to: string; nextDay?: boolean };

export type CalendarDefinition = {
  timeZone: string;
  week: Partial<Record<Weekday, Interval[]>>;
  /** By `MM-DD`: replaces the shifts that start on the date, every year. */
  yearly?: Record<string, Interval[]> | null;
  /** By `YYYY-MM-DD`: replaces the shifts that start on the date and outranks everything else. */
  dated?: Record<string, Interval[]> | null;
  /** The country whose production calendar is followed. */
  holidays?: string | null;
};

/** The same with every field in its place. */
export type FullDefinition = {
  timeZone: string;
  week: Partial<Record<Weekday, Interval[]>>;
  yearly: Record<string, Interval[]>;
  dated: Record<string, Interval[]>;
  holidays: string | null;
};

export const HOLIDAY_KINDS = ['off', 'short', 'working'] as const;
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];
/** Days of a production calendar by `YYYY-MM-DD`. */
export type HolidayDays = ReadonlyMap<string, HolidayKind>;

/** Minutes from the midnight the shift's day begins with; the end may lie on the next day. */
export type Shift = { from: number; to: number };
export type DaySource = 'week' | 'yearly' | 'dated' | 'holiday';
export type WorkDay = { shifts: readonly Shift[]; source: DaySource; kind: HolidayKind | null };

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5));

/** The shift an interval stands for. */
export function shiftOf({ from, to }: Interval): Shift {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return { from: start, to: end > start ? end : end + FULL_DAY };
}

/** Shifts in the order of the day. */
export const shiftsOf = (intervals: readonly Interval[] | undefined): Shift[] =>
  (intervals ?? []).map(shiftOf).sort((one, other) => one.from - other.from);

/** A shortened day ends an hour of work earlier. */
export function shortened(shifts: readonly Shift[]): Shift[] {
  const kept = [...shifts];
  let cut = HOUR;
  while (cut > 0 && kept.length) {
    const last = kept.pop()!;
    const length = last.to - last.from;
    if (length > cut) kept.push({ from: last.from, to: last.to - cut });
    cut -= Math.min(cut, length);
  }
  return kept;
}

/** Days since 1970-01-01 → `YYYY-MM-DD`. */
export const dateOfDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Days since 1970-01-01 → its weekday; Monday is 0. */
export const weekdayIndex = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** What is worked on a date: the dated exception, else the production calendar, else the yearly exception, else the week. */
export type DayRules = (day: number) => WorkDay;

/** Prepares the rules of a calendar; the answer for a day is cheap. */
export function dayRules(definition: CalendarDefinition, holidays: HolidayDays | null): DayRules {
  const prepared = (byDate: Record<string, Interval[]> | null | undefined) =>
    new Map(Object.entries(byDate ?? {}).map(([date, intervals]) => [date, shiftsOf(intervals)]));
  const week = WEEKDAYS.map((name): WorkDay => ({
    shifts: shiftsOf(definition.week[name]),
    source: 'week',
    kind: null,
  }));
  const [yearly, dated] = [prepared(definition.yearly), prepared(definition.dated)];
  const isPlain = !yearly.size && !dated.size && !holidays?.size;

  return (day) => {
    const weekday = weekdayIndex(day);
    const ordinary = week[weekday]!;
    if (isPlain) return ordinary;
    const date = dateOfDay(day);
    const own = dated.get(date);
    if (own) return { shifts: own, source: 'dated', kind: null };
    const everyYear = yearly.get(date.slice(-5));
    const usual: WorkDay = everyYear ? { shifts: everyYear, source: 'yearly', kind: null } : ordinary;
    const kind = holidays?.get(date);
    if (!kind) return usual;
    if (kind === 'off') return { shifts: [], source: 'holiday', kind };
    // A Saturday or a Sunday the decree names is a moved working day: it is worked like a Friday.
    const worked = weekday > 4 ? week[4]!.shifts : usual.shifts;
    return { shifts: kind === 'short' ? shortened(worked) : worked, source: 'holiday', kind };
  };
}
