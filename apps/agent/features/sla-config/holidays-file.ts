import type { Holiday, HolidayKind } from './calendar-days';

export type HolidayFile = { country: string; year: number; days: Holiday[] };

const KINDS: HolidayKind[] = ['off', 'short', 'working'];
/** How xmlcalendar marks the days of a month: `8*` is shortened, `15+` a transferred day off. */
const MARKED = /^(\d{1,2})([*+]?)$/;

/**
 * Reads a production calendar a person has at hand: ours (`{country, years: {2027: [{date, kind}]}}` or a bare list of days), or the
 * yearly file of xmlcalendar (`{year, months: [{month, days: "1,2,8*"}]}`), which lists ordinary weekends as well. Null: neither.
 */
export function readHolidays(text: string): HolidayFile[] | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (Array.isArray(given)) return byYear('ru', given);
  if (!isRecord(given)) return null;
  const country = typeof given.country === 'string' ? given.country.toLowerCase() : 'ru';
  if (isRecord(given.years)) {
    const found = Object.values(given.years).map((days) => (Array.isArray(days) ? byYear(country, days) : null));
    return found.some((each) => each === null) ? null : found.flatMap((each) => each ?? []);
  }
  if (Array.isArray(given.months) && Number.isInteger(given.year)) return [ofMonths(Number(given.year), given.months)];
  return Array.isArray(given.days) ? byYear(country, given.days) : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function byYear(country: string, given: unknown[]): HolidayFile[] | null {
  const years = new Map<number, Holiday[]>();
  for (const each of given) {
    if (!isRecord(each) || !KINDS.includes(each.kind as HolidayKind)) return null;
    const [, year] = /^(\d{4})-\d\d-\d\d$/.exec(String(each.date)) ?? [];
    if (!year) return null;
    const days = years.get(Number(year)) ?? [];
    years.set(Number(year), [...days, { date: String(each.date), kind: each.kind as HolidayKind }]);
  }
  return years.size === 0 ? null : [...years].map(([year, days]) => ({ country, year, days }));
}

/** A weekend day that the file does not list is worked; one that it lists without a mark says nothing new. */
function ofMonths(year: number, months: unknown[]): HolidayFile {
  const days: Holiday[] = [];
  for (const month of months) {
    if (!isRecord(month)) continue;
    const listed = new Map(
      String(month.days)
        .split(',')
        .flatMap((word) => {
          const [, day, mark] = MARKED.exec(word.trim()) ?? [];
          return day ? [[Number(day), mark] as const] : [];
        }),
    );
    const count = new Date(Date.UTC(year, Number(month.month), 0)).getUTCDate();
    for (let day = 1; day <= count; day++) {
      const at = new Date(Date.UTC(year, Number(month.month) - 1, day));
      const isWeekend = at.getUTCDay() % 6 === 0;
      const kind = kindOf(isWeekend, listed.get(day));
      if (kind) days.push({ date: at.toISOString().slice(0, 10), kind });
    }
  }
  return { country: 'ru', year, days };
}

function kindOf(isWeekend: boolean, mark: string | undefined): HolidayKind | null {
  if (mark === '*') return 'short';
  if (mark === undefined) return isWeekend ? 'working' : null;
  return isWeekend ? null : 'off';
}
