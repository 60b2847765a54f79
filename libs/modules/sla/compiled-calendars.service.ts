import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import type { CalendarDefinition } from './work-day';
import type { HolidayDay } from './work-calendar.entity';
import { compileCalendar, intersectCalendars, type WorkCalendar } from './work-time';

/** A version of a calendar never changes, so what is compiled from it never goes stale. */
export type CalendarRef = { calendarId: string; version: number };
export type CurrentCalendar = { version: number; isArchived: boolean; calendar: WorkCalendar };

const MOST_KEPT = 500;
const keyOf = ({ calendarId, version }: CalendarRef): string => `${calendarId}:${version}`;

/** Calendars ready for arithmetic, kept in the process by version. */
@Injectable()
export class CompiledCalendars {
  private readonly kept = new Map<string, WorkCalendar>();

  constructor(private readonly db: Db) {}

  /** Calendars as they are now. Unknown ids are left out. */
  async current(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CurrentCalendar>> {
    if (!ids.length) return new Map();
    const rows = await this.db.query<{ id: string; version: number; isArchived: boolean }>(
      ctx,
      `SELECT id, version, "archivedAt" IS NOT NULL AS "isArchived" FROM work_calendar WHERE id = ANY($1::uuid[])`,
      [[...new Set(ids)]],
    );
    const refs = rows.map(({ id, version }) => ({ calendarId: id, version }));
    const compiled = await this.versions(ctx, refs);
    return new Map(
      rows.map(({ id, version, isArchived }) => [
        id,
        { version, isArchived, calendar: compiled.get(keyOf({ calendarId: id, version }))! },
      ]),
    );
  }

  /** Calendars as they were at a version, by `<calendarId>:<version>`. */
  async versions(ctx: Ctx, refs: readonly CalendarRef[]): Promise<Map<string, WorkCalendar>> {
    const missing = refs.filter((ref) => !this.kept.has(keyOf(ref)));
    if (missing.length) {
      const rows = await this.db.query<CalendarRef & { definition: CalendarDefinition; holidayDays: HolidayDay[] }>(
        ctx,
        `SELECT v."calendarId", v.version, v.definition, v."holidayDays" FROM work_calendar_version v
         JOIN unnest($1::uuid[], $2::int[]) AS asked("calendarId", version) USING ("calendarId", version)`,
        [missing.map(({ calendarId }) => calendarId), missing.map(({ version }) => version)],
      );
      for (const { definition, holidayDays, ...ref } of rows)
        this.keep(keyOf(ref), compiledOf(definition, holidayDays));
    }
    return new Map(
      refs.flatMap((ref) => {
        const calendar = this.kept.get(keyOf(ref));
        return calendar ? [[keyOf(ref), calendar] as const] : [];
      }),
    );
  }

  /** The hours in which both work. Kept like the two. */
  intersection(own: CalendarRef, object: CalendarRef): WorkCalendar | undefined {
    const key = `${keyOf(own)}&${keyOf(object)}`;
    const known = this.kept.get(key);
    if (known) return known;
    const [left, right] = [this.kept.get(keyOf(own)), this.kept.get(keyOf(object))];
    return left && right && this.keep(key, intersectCalendars(left, right));
  }

  private keep(key: string, calendar: WorkCalendar): WorkCalendar {
    const oldest = this.kept.size >= MOST_KEPT ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, calendar);
    return calendar;
  }
}

/** A calendar with the production calendar it follows. */
export const compiledOf = (definition: CalendarDefinition, holidays: readonly HolidayDay[]): WorkCalendar =>
  compileCalendar(definition, new Map(holidays.map(({ date, kind }) => [date, kind])));
