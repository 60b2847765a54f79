import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { CompiledCalendars, compiledOf } from './compiled-calendars.service';
import { SlaPolicy } from './sla-policy.entity';
import { type GivenChange, previewOf, PreviewReader } from './sla-preview';
import type { PreviewNote, PreviewSla, SlaPreviewView } from './sla-preview.dto';
import { isoOf, toSegmentView } from './sla-segments.dto';
import { hasHours } from './work-calendar-check';
import { refused, WorkCalendars } from './work-calendars.service';
import type { CalendarDefinition } from './work-day';
import { intersectCalendars, type WorkCalendar } from './work-time';

type Asked = { calendarId?: string; calendar?: object };
type Hours = Asked & { seconds?: number; usesObject: boolean };

/** Answers what a deadline would be, without a ticket: nothing is stored. */
@Injectable()
export class SlaPreview {
  constructor(
    private readonly db: Db,
    private readonly calendars: WorkCalendars,
    private readonly compiled: CompiledCalendars,
  ) {}

  async answer(ctx: Ctx, input: PreviewSla): Promise<SlaPreviewView> {
    const reader = this.read(input);
    const pauses = reader.pauses(input.pauses ?? []);
    const changes = reader.changes(input.changes ?? []);
    const end = input.end === undefined ? undefined : reader.moment(input.end, '/end');
    if (reader.problems.length) throw refused(reader.problems);

    const hours = await this.hours(ctx, input);
    const seconds = input.durationSeconds ?? hours.seconds;
    if (seconds === undefined && end === undefined) throw fieldProblem('/durationSeconds', 'sla.durationNeeded');
    const object = hours.usesObject ? await this.object(ctx, input) : null;
    const within = (own: WorkCalendar) => (object ? intersectCalendars(own, object) : own);
    const answer = previewOf({
      calendar: within(await this.compile(ctx, hours, '')),
      start: reader.start,
      seconds,
      end,
      pauses,
      changes: await this.changes(ctx, changes, within),
    });
    const { segments, dueAt, ...figures } = answer;
    const due = dueAt === null ? null : isoOf(dueAt);
    return {
      dueAt: due,
      ...figures,
      explanation: {
        startAt: isoOf(reader.start),
        dueAt: due,
        segments: segments.map((segment) => toSegmentView(ctx, segment)),
      },
      problems: seconds !== undefined && dueAt === null ? [this.whyNever(ctx, input)] : [],
    };
  }

  private read(input: PreviewSla): PreviewReader {
    const reader = new PreviewReader(input.start);
    if (input.calendar !== undefined) reader.calendar(input.calendar, '/calendar');
    if (input.objectCalendar !== undefined) reader.calendar(input.objectCalendar, '/objectCalendar');
    const given = (['calendarId', 'calendar', 'policyId'] as const).filter((name) => input[name] !== undefined);
    const refuse = (pointer: string, code: string) =>
      reader.problems.push({ pointer, code: `sla.${code}`, message: '' });
    if (given.length !== 1) refuse(`/${given[1] ?? 'calendarId'}`, 'oneCalendar');
    if (input.policyId !== undefined && input.metric === undefined) refuse('/metric', 'metricNeeded');
    if (input.objectCalendar !== undefined && input.objectCalendarId !== undefined)
      refuse('/objectCalendarId', 'oneCalendar');
    return reader;
  }

  private async hours(ctx: Ctx, { calendarId, calendar, policyId, metric }: PreviewSla): Promise<Hours> {
    if (policyId === undefined) return { calendarId, calendar, usesObject: true };
    const policy = await this.db.repo(ctx, SlaPolicy).findOneBy({ id: policyId });
    if (!policy) throw fieldProblem('/policyId', 'sla.policyUnknown');
    const promise = policy.metrics.find((one) => one.metric === metric);
    if (!promise) throw fieldProblem('/metric', 'sla.metricNotPromised');
    return {
      calendarId: promise.calendarId ?? policy.calendarId,
      seconds: promise.seconds,
      usesObject: policy.objectCalendarMode === 'intersect',
    };
  }

  private object(ctx: Ctx, { objectCalendarId, objectCalendar }: PreviewSla): Promise<WorkCalendar> | null {
    if (objectCalendarId !== undefined) return this.stored(ctx, objectCalendarId, '/objectCalendarId');
    return objectCalendar === undefined ? null : this.inline(ctx, objectCalendar, '/objectCalendar');
  }

  private async changes(ctx: Ctx, changes: GivenChange[], within: (own: WorkCalendar) => WorkCalendar) {
    const ready = [];
    for (const { at, mode, pointer, ...asked } of changes) {
      const calendar = within(await this.compile(ctx, asked, pointer));
      ready.push({ at, mode, calendar, note: t(ctx, `sla.changeMode.${mode}`) });
    }
    return ready;
  }

  private compile(ctx: Ctx, { calendarId, calendar }: Asked, pointer: string): Promise<WorkCalendar> {
    return calendarId === undefined
      ? this.inline(ctx, calendar!, `${pointer}/calendar`)
      : this.stored(ctx, calendarId, `${pointer}/calendarId`);
  }

  private async stored(ctx: Ctx, id: string, pointer: string): Promise<WorkCalendar> {
    const found = (await this.compiled.current(ctx, [id])).get(id.toLowerCase());
    return found?.calendar ?? raise(fieldProblem(pointer, 'sla.calendarUnknown'));
  }

  private async inline(ctx: Ctx, given: object, pointer: string): Promise<WorkCalendar> {
    const definition = given as CalendarDefinition;
    const holidays = await this.calendars.holidayDays(ctx, definition.holidays);
    if (definition.holidays && !holidays.length) throw fieldProblem(`${pointer}/holidays`, 'sla.holidaysUnknown');
    return compiledOf(definition, holidays);
  }

  private whyNever(ctx: Ctx, { calendar, pauses }: PreviewSla): PreviewNote {
    const note = (pointer: string, name: string) => ({
      pointer,
      code: `sla.${name}`,
      message: t(ctx, `errors.sla.${name}`),
    });
    if (calendar && !hasHours(calendar as CalendarDefinition)) return note('/calendar/week', 'noHours');
    const open = (pauses ?? []).findIndex((pause) => (pause as { to?: unknown }).to == null);
    return open < 0 ? note('/durationSeconds', 'neverReached') : note(`/pauses/${open}`, 'pauseStaysOpen');
  }
}
