import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import type { ShowCalendar, TicketCalendarView } from './ticket-board.dto';
import { TicketFilters } from './ticket-filters.service';
import { TicketList } from './ticket-list.service';
import type { CalendarField } from './ticket-view.entity';

type Placed = { id: string; day: string; count: number };

const DAY_MS = 86_400_000;
const MOST_DAYS = 62;

/** The moment as its index knows it. */
const MOMENTS: Record<CalendarField, string> = {
  deadlineAt: `COALESCE(t."deadlineAt", 'infinity'::timestamptz)`,
  scheduledFor: 't."scheduledFor"',
  putAsideUntil: 't."putAsideUntil"',
};

/** The tickets of a list by the day of a moment. */
@Injectable()
export class TicketCalendar {
  constructor(
    private readonly db: Db,
    private readonly list: TicketList,
    private readonly filters: TicketFilters,
  ) {}

  /** Days with their counts and first tickets, the earliest first, by one question. */
  async show(ctx: Ctx, input: ShowCalendar): Promise<TicketCalendarView> {
    const days = (Date.parse(input.to) - Date.parse(input.from)) / DAY_MS;
    if (!isDay(input.from)) throw fieldProblem('/from', 'validation.matches');
    if (!isDay(input.to) || !(days > 0 && days <= MOST_DAYS)) throw fieldProblem('/to', 'tickets.calendarSpan');
    const timeZone = await this.zone(ctx, input.timeZone);
    const request = await this.list.read(ctx, input);
    const lookup = await this.filters.lookupOf(ctx, request.filter);
    const params = new SqlParams();
    const moment = MOMENTS[input.field];
    const zone = `${params.add(timeZone)}::text`;
    const midnight = (day: string) => `(${params.add(day)}::timestamp AT TIME ZONE ${zone})`;
    const places = await this.db.query<Placed>(
      ctx,
      `SELECT p.id, p.day::text AS day, p.count FROM (
         SELECT q.*, row_number() OVER (PARTITION BY q.day ORDER BY q.moment, q.id) AS place, count(*) OVER (PARTITION BY q.day)::int AS count FROM (
           SELECT t.id, ${moment} AS moment, (${moment} AT TIME ZONE ${zone})::date AS day FROM ticket t
           WHERE ${moment} >= ${midnight(input.from)} AND ${moment} < ${midnight(input.to)} AND ${this.list.where(ctx, request, params, lookup)}) q) p
       WHERE p.place <= ${params.add(input.limit)}::int ORDER BY p.day, p.place`,
      params.values,
    );
    const rows = await this.list.rowsOf(
      ctx,
      places.map(({ id }) => id),
      request,
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    const found = new Map<string, TicketCalendarView['days'][number]>();
    for (const { id, day, count } of places) {
      const row = known.get(id);
      const entry = found.get(day) ?? { day, count, data: [] };
      found.set(day, row ? { ...entry, data: [...entry.data, row] } : entry);
    }
    return { timeZone, days: [...found.values()] };
  }

  private async zone(ctx: Ctx, given: string | undefined): Promise<string> {
    if (given !== undefined) {
      if (!isZone(given)) throw fieldProblem('/timeZone', 'tickets.zoneUnknown');
      return given;
    }
    const [row] = await this.db.query<{ zone: string }>(
      ctx,
      `SELECT COALESCE((SELECT "timeZone" FROM employee WHERE id = $1), i."timeZone") AS zone FROM installation i WHERE i.id = 1`,
      [ctx.actor.kind === 'employee' ? ctx.actor.id : null],
    );
    return row!.zone;
  }
}

/** No 31st of February. */
const isDay = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().slice(0, 10) === day;

/** PostgreSQL knows the zones that are written as a place. */
function isZone(zone: string): boolean {
  if (!/^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]+){1,2})$/.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: zone }));
  } catch {
    return false;
  }
}
