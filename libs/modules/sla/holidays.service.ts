import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { isDate } from './work-calendar-check';
import { type HolidayDay, HolidayYear } from './work-calendar.entity';
import { refused, WorkCalendars } from './work-calendars.service';
import { HOLIDAY_KINDS, weekdayIndex } from './work-day';

const DAY = 86_400_000;
const MAX_DAYS = 366;

/** What is wrong with a year of a production calendar. */
export function holidayProblems(days: readonly HolidayDay[], year: number, pointer = '/days'): FieldProblem[] {
  if (days.length > MAX_DAYS) return [{ pointer, code: 'sla.holidaysTooMany', message: `: ${MAX_DAYS}` }];
  const seen = new Set<string>();
  return days.flatMap(({ date, kind }, index) => {
    const wrong = (field: string, code: string) => [
      { pointer: `${pointer}/${index}/${field}`, code: `sla.${code}`, message: `: ${date.slice(0, 20)}` },
    ];
    if (!isDate(date)) return wrong('date', 'dateWrong');
    if (Number(date.slice(0, 4)) !== year) return wrong('date', 'dateOfOtherYear');
    if (seen.has(date)) return wrong('date', 'dateTwice');
    seen.add(date);
    if (!HOLIDAY_KINDS.includes(kind)) return wrong('kind', 'holidayKindWrong');
    const isWeekend = weekdayIndex(Date.parse(`${date}T00:00:00Z`) / DAY) > 4;
    return kind === 'working' && !isWeekend ? wrong('kind', 'workingOnWeekday') : [];
  });
}

/** Production calendars: which days of a year are off, shortened, or worked although they are a Saturday. */
@Injectable()
export class Holidays {
  constructor(
    private readonly db: Db,
    private readonly calendars: WorkCalendars,
    private readonly live: Live,
  ) {}

  list(ctx: Ctx): Promise<HolidayYear[]> {
    return this.db.repo(ctx, HolidayYear).find({ order: { country: 'ASC', year: 'DESC' }, take: 1000 });
  }

  /** Replaces a year. Calendars that follow the country have a new version; says how many. */
  put(ctx: Ctx, country: string, year: number, days: readonly HolidayDay[]) {
    const problems = holidayProblems(days, year);
    if (problems.length) throw refused(problems);
    return this.db.tx(ctx, async (ctx) => {
      const sorted = days.map(({ date, kind }) => ({ date, kind })).sort((a, b) => (a.date < b.date ? -1 : 1));
      const row = { country, year, days: sorted, updatedAt: ctx.now() };
      await this.db.repo(ctx, HolidayYear).upsert(row, ['country', 'year']);
      const followers = await this.calendars.followHolidays(ctx, country);
      this.live.touch(ctx, ['holidays', 'work-calendars'], 'staff');
      return { row, followers };
    });
  }
}
