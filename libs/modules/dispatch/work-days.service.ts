import { CompiledCalendars, openings } from '@opora/modules/sla';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { Organisation } from '@opora/platform/organisation';
import { Injectable } from '@nestjs/common';
import type { DispatchSettings } from './engineer.entity';
import { type Span, without } from './person-day';

export type Day = Span & { date: string };
type Person = { id: string; timeZone: string | null; calendarId: string | null };
/** When a person works, when he is away, and what of his working time is left. */
export type Hours = { open: Span[]; absences: Span[]; left: Span[] };

const DAYS = `SELECT d::date::text AS date, extract(epoch FROM (d::date)::timestamp AT TIME ZONE $1) * 1000 AS "from",
    extract(epoch FROM (d::date + 1)::timestamp AT TIME ZONE $1) * 1000 AS "to"
  FROM generate_series($2::date::timestamp, $2::date::timestamp + make_interval(days => $3::int - 1), interval '1 day') d ORDER BY 1`;
/** Monday to Friday from nine o'clock on the wall of each zone. */
const SHIFTS = `SELECT z AS zone, extract(epoch FROM (d::date + time '09:00') AT TIME ZONE z) * 1000 AS "from"
  FROM unnest($1::text[]) z, generate_series($2::date::timestamp, $2::date::timestamp + make_interval(days => $3::int - 1), interval '1 day') d
  WHERE extract(isodow FROM d) < 6 ORDER BY 1, 2`;

/** Days of the organisation, and the working time of people in them. */
@Injectable()
export class WorkDays {
  constructor(
    private readonly db: Db,
    private readonly organisation: Organisation,
    private readonly calendars: CompiledCalendars,
  ) {}

  /** Days in a row; the first holds the moment, or is the given date. */
  async days(ctx: Ctx, first: Date | string, count: number): Promise<{ timeZone: string; days: Day[] }> {
    const { timeZone } = await this.organisation.get(ctx);
    const date = typeof first === 'string' ? first : dateIn(timeZone, first);
    if (!isDate(date)) throw fieldProblem('/date', 'dispatch.dateWrong');
    const rows = await this.db.query<{ date: string; from: string; to: string }>(ctx, DAYS, [timeZone, date, count]);
    return { timeZone, days: rows.map((day) => ({ date: day.date, from: Number(day.from), to: Number(day.to) })) };
  }

  /** The hours of each person in these days: calendars and absences in one question each. */
  async hours(
    ctx: Ctx,
    people: readonly Person[],
    { calendarId, daySeconds }: DispatchSettings,
    { timeZone, days }: { timeZone: string; days: readonly Day[] },
  ): Promise<Map<string, Hours>> {
    const span = { from: days[0]!.from, to: days.at(-1)!.to };
    const calendarOf = (person: Person): string | null => person.calendarId ?? calendarId;
    const zoneOf = (person: Person): string => person.timeZone ?? timeZone;
    const ids = people.flatMap((person) => calendarOf(person) ?? []);
    const calendars = await this.calendars.current(ctx, ids);
    const shifts = await this.shifts(
      ctx,
      people.filter((person) => !calendars.has(calendarOf(person) ?? '')).map(zoneOf),
      days,
    );
    const absences = await this.absences(
      ctx,
      people.map(({ id }) => id),
      span,
    );
    return new Map(
      people.map((person) => {
        const own = calendars.get(calendarOf(person) ?? '');
        const usual = (shifts.get(zoneOf(person)) ?? []).map((from) => ({ from, to: from + daySeconds * 1000 }));
        const open = own ? openings(own.calendar, span.from, span.to) : usual;
        const away = absences.get(person.id) ?? [];
        return [person.id, { open, absences: away, left: without(open, away) }];
      }),
    );
  }

  private async shifts(ctx: Ctx, zones: readonly string[], days: readonly Day[]): Promise<Map<string, number[]>> {
    const found = new Map<string, number[]>();
    if (!zones.length) return found;
    const rows = await this.db.query<{ zone: string; from: string }>(ctx, SHIFTS, [
      [...new Set(zones)],
      days[0]!.date,
      days.length,
    ]);
    for (const { zone, from } of rows) found.set(zone, [...(found.get(zone) ?? []), Number(from)]);
    return found;
  }

  private async absences(ctx: Ctx, people: readonly string[], { from, to }: Span): Promise<Map<string, Span[]>> {
    const rows = await this.db.query<{ employeeId: string; startsAt: Date; endsAt: Date }>(
      ctx,
      `SELECT "employeeId", "startsAt", "endsAt" FROM absence
       WHERE "employeeId" = ANY($1::uuid[]) AND "startsAt" < $3::timestamptz AND "endsAt" > $2::timestamptz ORDER BY "startsAt", id LIMIT 5000`,
      [people, new Date(from), new Date(to)],
    );
    const found = new Map<string, Span[]>();
    for (const { employeeId, startsAt, endsAt } of rows)
      found.set(employeeId, [...(found.get(employeeId) ?? []), { from: startsAt.getTime(), to: endsAt.getTime() }]);
    return found;
  }
}

const dateIn = (timeZone: string, moment: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  const year = Number(text.slice(0, 4));
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && year >= 2000 && year <= 2100;
}
