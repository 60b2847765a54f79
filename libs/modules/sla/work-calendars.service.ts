import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { type FieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { SlaRuleError } from './sla-rules.errors';
import { WorkCalendarChanged } from './sla-rules.events';
import { calendarProblems, hasHours, tidied } from './work-calendar-check';
import { type HolidayDay, WorkCalendarRow, WorkCalendarVersion } from './work-calendar.entity';
import { type CalendarWithUse, type CreateCalendar, toCalendarView, type UpdateCalendar } from './work-calendars.dto';
import type { CalendarDefinition, FullDefinition } from './work-day';

const USED_BY = `
  SELECT COALESCE(array_agg(p.name ORDER BY p.position, p.id), '{}') FROM sla_policy p
  WHERE p."archivedAt" IS NULL AND (p."calendarId" = c.id OR p.metrics @> jsonb_build_array(jsonb_build_object('calendarId', c.id)))`;
const SELECT = `SELECT c.*, (${USED_BY}) AS "usedBy" FROM work_calendar c`;

/** 422 with every problem and its place. */
export const refused = (problems: FieldProblem[]): ProblemError =>
  new ProblemError('request.invalid', 422, {}, {}, problems.slice(0, 50));

const definitionOf = ({ timeZone, week, yearly, dated, holidays }: CalendarDefinition): CalendarDefinition => ({
  timeZone,
  week,
  yearly,
  dated,
  holidays,
});

/** Working calendars: who works when. A change makes a new version; the old ones stay countable. */
@Injectable()
export class WorkCalendars {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly live: Live,
  ) {}

  list(ctx: Ctx, withArchive: boolean): Promise<CalendarWithUse[]> {
    const where = withArchive ? '' : 'WHERE c."archivedAt" IS NULL';
    return this.db.query<CalendarWithUse>(ctx, `${SELECT} ${where} ORDER BY lower(c.name), c.id LIMIT 1000`);
  }

  async get(ctx: Ctx, id: string): Promise<CalendarWithUse> {
    const [row] = await this.db.query<CalendarWithUse>(ctx, `${SELECT} WHERE c.id = $1`, [id]);
    return row ?? raise(SlaRuleError.calendarNotFound());
  }

  create(ctx: Ctx, { name, code, ...hours }: CreateCalendar): Promise<CalendarWithUse> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const definition = await this.checked(ctx, hours);
      const id = newId();
      const row = { id, name, code: code ?? `calendar-${id.slice(-8)}`, ...definition };
      await this.refuseTakenCode(ctx, row.code, id);
      const now = ctx.now();
      await this.db
        .repo(ctx, WorkCalendarRow)
        .insert({ ...row, version: 1, archivedAt: null, createdAt: now, updatedAt: now });
      return this.remember(ctx, id);
    });
  }

  update(ctx: Ctx, id: string, version: number, input: UpdateCalendar): Promise<CalendarWithUse> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const row = await this.get(ctx, id);
      if (row.version !== version) throw SlaRuleError.stale({}, { current: toCalendarView(row) });
      const { name, code, ...hours } = input;
      const given = Object.fromEntries(Object.entries(hours).filter(([, value]) => value !== undefined));
      const definition = await this.checked(ctx, { ...definitionOf(row), ...given });
      if (code !== undefined) await this.refuseTakenCode(ctx, code, id);
      const changes = { name: name ?? row.name, code: code ?? row.code, ...definition };
      await this.db
        .repo(ctx, WorkCalendarRow)
        .update({ id }, { ...changes, version: version + 1, updatedAt: ctx.now() });
      return this.remember(ctx, id);
    });
  }

  setArchived(ctx: Ctx, id: string, isArchived: boolean): Promise<CalendarWithUse> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { usedBy, archivedAt } = await this.get(ctx, id);
      if (isArchived && usedBy.length) throw SlaRuleError.calendarInUse({ users: usedBy.join(', ') });
      if (isArchived) await this.refuseKeptByObjects(ctx, id);
      await this.db
        .repo(ctx, WorkCalendarRow)
        .update({ id }, { archivedAt: isArchived ? (archivedAt ?? ctx.now()) : null });
      this.live.touch(ctx, ['work-calendars'], 'staff');
      return this.get(ctx, id);
    });
  }

  /** After a change of the production calendar whoever follows it has a new version. */
  async followHolidays(ctx: TxCtx, country: string): Promise<number> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `UPDATE work_calendar SET version = version + 1, "updatedAt" = $2 WHERE holidays = $1 RETURNING id`,
      [country, ctx.now()],
    );
    for (const { id } of rows) await this.remember(ctx, id);
    return rows.length;
  }

  /** The days of a country's production calendar, every year of it. */
  async holidayDays(ctx: Ctx, country: string | null | undefined): Promise<HolidayDay[]> {
    if (!country) return [];
    const rows = await this.db.query<{ days: HolidayDay[] }>(
      ctx,
      'SELECT days FROM holiday_year WHERE country = $1 ORDER BY year',
      [country],
    );
    return rows.flatMap(({ days }) => days);
  }

  /** The definition in good order, or 422 with every problem in it. */
  private async checked(ctx: Ctx, hours: object): Promise<FullDefinition> {
    const problems = calendarProblems(hours);
    if (problems.length) throw refused(problems);
    const definition = tidied(hours as CalendarDefinition);
    if (!hasHours(definition)) throw refused([{ pointer: '/week', code: 'sla.noHours', message: '' }]);
    const { holidays } = definition;
    if (holidays && !(await this.holidayDays(ctx, holidays)).length)
      throw refused([{ pointer: '/holidays', code: 'sla.holidaysUnknown', message: `: ${holidays}` }]);
    return definition;
  }

  private async remember(ctx: TxCtx, id: string): Promise<CalendarWithUse> {
    const row = await this.get(ctx, id);
    await this.db.repo(ctx, WorkCalendarVersion).insert({
      calendarId: id,
      version: row.version,
      definition: definitionOf(row),
      holidayDays: await this.holidayDays(ctx, row.holidays),
      createdAt: ctx.now(),
    });
    await this.events.publish(ctx, WorkCalendarChanged({ calendarId: id, version: row.version }));
    this.live.touch(ctx, ['work-calendars'], 'staff');
    return row;
  }

  private async refuseTakenCode(ctx: Ctx, code: string, id: string): Promise<void> {
    const taken = await this.db.repo(ctx, WorkCalendarRow).findOneBy({ code });
    if (taken && taken.id !== id) throw SlaRuleError.calendarCodeTaken({ code });
  }

  private async refuseKeptByObjects(ctx: Ctx, id: string): Promise<void> {
    const rows = await this.db.query<{ name: string }>(
      ctx,
      `SELECT o.name FROM object_calendar k JOIN service_object o ON o.id = k."objectId" WHERE k."calendarId" = $1 ORDER BY o.name LIMIT 5`,
      [id],
    );
    if (rows.length) throw SlaRuleError.calendarInUse({ users: rows.map(({ name }) => name).join(', ') });
  }

  /** Calendars change rarely: one change at a time. */
  private lock(ctx: TxCtx): Promise<unknown> {
    return this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('sla.calendars'))`);
  }
}
