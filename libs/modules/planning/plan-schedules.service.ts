import { Injectable } from '@nestjs/common';
import { dayRules, isTimeZone, WorkCalendars } from '@opora/modules/sla';
import type { Ctx } from '@opora/platform/context';
import { type FieldProblem, ProblemError } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Organisation } from '@opora/platform/organisation';
import type {
  PlanDatesInput,
  PlannedDateView,
  PlanPreviewView,
  PlanRuleInput,
  PreviewPlannedTicket,
} from './plan-rule.dto';
import {
  dateAfterDone,
  type LeftDate,
  plannedDates,
  type PlannedDate,
  type PlannedDates,
  type Shift,
  type ShiftRule,
  wallText,
} from './planned-dates';
import type { PlanRule } from './planned-ticket.entity';
import type { Schedule } from './recurrence';
import { readRuleText, readStamp } from './recurrence-rule';
import { instantOf, localOf } from './recurrence-zone';

const [FIRST, LAST] = [readStamp('1900-01-01')!.seconds, readStamp('9000-01-01')!.seconds];

/** A rule with its calendar, ready to give dates. */
export type PlanSchedule = { rule: PlanRule; schedule: Schedule; shift: ShiftRule; until: number };
type Asked = { from?: number; to?: number; count?: number };

const secondsOf = (stamp: string): number => readStamp(stamp)!.seconds;

/** Reads rules and finds their dates. */
@Injectable()
export class PlanSchedules {
  constructor(
    private readonly calendars: WorkCalendars,
    private readonly organisation: Organisation,
  ) {}

  /** The rule as it is kept, with everything that is wrong with it by its place. */
  async read(ctx: Ctx, input: PlanRuleInput): Promise<{ rule: PlanRule; problems: FieldProblem[] }> {
    const problems: FieldProblem[] = [];
    const refuse = (pointer: string, code: string, part = ''): unknown =>
      problems.push({ pointer: `/rule${pointer}`, code: `planning.${code}`, message: part && `: ${part}` });
    const text = input.rrule?.trim() ? readRuleText(input.rrule) : null;
    if (!text && !input.afterDone) refuse('', 'ruleRequired');
    if (text && input.afterDone) refuse('/afterDone', 'ruleEither');
    for (const { code, part } of text?.faults ?? []) refuse('/rrule', code, part);
    const timeZone = input.timeZone ?? text?.zone ?? (await this.organisation.get(ctx)).timeZone;
    const isZone = isTimeZone(timeZone);
    if (!isZone) refuse('/timeZone', 'timeZoneUnknown');
    const wall = (stamp: string, pointer: string): string => {
      const read = readStamp(stamp);
      if (!read || read.seconds < FIRST || read.seconds >= LAST) {
        refuse(pointer, 'dateUnknown', stamp.slice(0, 40));
        return wallText(0);
      }
      const instant = read.offset === null || !isZone ? null : (read.seconds - read.offset) * 1000;
      return wallText(instant === null ? read.seconds : localOf(instant, timeZone));
    };
    const start = input.dtstart ?? text?.start;
    if (!start) refuse('/dtstart', 'startRequired');
    const all = (stamps: readonly string[], pointer: string): string[] =>
      stamps.map((stamp, index) => wall(stamp, `${pointer}/${index}`));
    return {
      rule: {
        rrule: text?.text ?? null,
        afterDone: input.afterDone ? { days: input.afterDone.days } : null,
        dtstart: start ? wall(start, '/dtstart') : wallText(0),
        timeZone,
        rdates: [...all(input.rdates ?? [], '/rdates'), ...all(text?.added ?? [], '/rrule')],
        exdates: [...all(input.exdates ?? [], '/exdates'), ...all(text?.excluded ?? [], '/rrule')],
      },
      problems,
    };
  }

  /** Makes a kept rule ready. The calendar is there: it was checked when the plan was saved. */
  async schedule(
    ctx: Ctx,
    { rule, shift, calendarId, until }: { rule: PlanRule; shift: Shift; calendarId: string | null; until: Date | null },
  ): Promise<PlanSchedule> {
    const days = calendarId && shift !== 'none' ? await this.daysOf(ctx, calendarId) : null;
    return {
      rule,
      schedule: {
        rule: rule.rrule ? readRuleText(rule.rrule).rule : null,
        start: secondsOf(rule.dtstart),
        timeZone: rule.timeZone,
        added: rule.rdates.map(secondsOf),
        excluded: rule.exdates.map(secondsOf),
      },
      shift: { shift, days },
      until: until ? until.getTime() + 1 : Infinity,
    };
  }

  /** The dates of a calendar rule; of the other kind, those there would be if each were done on its day. */
  dates({ rule, schedule, shift, until }: PlanSchedule, { from, to = Infinity, count = 1000 }: Asked): PlannedDates {
    const end = Math.min(to, until);
    if (!rule.afterDone) return plannedDates(schedule, shift, { from, to: end, count });
    const dates: PlannedDate[] = [];
    let next = this.first({ rule, schedule, shift, until }, from ?? -Infinity);
    while (dates.length < count && next.at < end) {
      dates.push(next);
      next = this.after({ rule, schedule, shift, until }, next.at);
    }
    return { dates, left: [], isCut: false };
  }

  /** The first date of «days after the last done» not before a moment: the start, or the next time of day. */
  first({ schedule, shift }: PlanSchedule, from: number): PlannedDate {
    const { start, timeZone } = schedule;
    const startAt = instantOf(start, timeZone, true)!;
    const plan = { days: 0, start, timeZone };
    if (from <= startAt) return dateAfterDone(startAt, plan, shift);
    const today = dateAfterDone(from, plan, shift);
    return today.at >= from ? today : dateAfterDone(from, { ...plan, days: 1 }, shift);
  }

  /** The date that follows a ticket done at a moment. */
  after({ rule, schedule: { start, timeZone }, shift }: PlanSchedule, doneAt: number): PlannedDate {
    return dateAfterDone(doneAt, { days: rule.afterDone!.days, start, timeZone }, shift);
  }

  /** The instant of a moment on the zone's clock. */
  instant(local: number, timeZone: string): Date {
    return new Date(instantOf(local, timeZone, true)!);
  }

  /** What is wrong with the calendar and the shift. */
  async calendarProblems(ctx: Ctx, { shift = 'none', calendarId }: PlanDatesInput): Promise<FieldProblem[]> {
    if (!calendarId)
      return shift === 'none' ? [] : [{ pointer: '/calendarId', code: 'planning.calendarRequired', message: '' }];
    const unknown = [{ pointer: '/calendarId', code: 'planning.calendarUnknown', message: '' }];
    try {
      return (await this.calendars.get(ctx, calendarId)).archivedAt ? unknown : [];
    } catch (error) {
      if (error instanceof ProblemError) return unknown;
      throw error;
    }
  }

  async preview(ctx: Ctx, input: PreviewPlannedTicket): Promise<PlanPreviewView> {
    const { rule, problems } = await this.read(ctx, input.rule);
    const wrong = [...problems, ...(await this.calendarProblems(ctx, input))];
    if (wrong.length) throw invalid(wrong);
    const { shift = 'none', calendarId = null, count = 10, leadSeconds = 0 } = input;
    const until = input.until ? new Date(input.until) : null;
    const schedule = await this.schedule(ctx, { rule, shift, calendarId, until });
    const moment = (text?: string | null): number | undefined => (text ? Date.parse(text) : undefined);
    const found = this.dates(schedule, { from: moment(input.from), to: moment(input.to), count });
    const notice = found.isCut ? 'gaveUp' : found.dates.length ? null : 'neverComes';
    return {
      timeZone: rule.timeZone,
      dates: found.dates.map((date) => toDateView(ctx, date, leadSeconds)),
      left: found.left.map((date) => ({ date: wallText(date.local), why: whyText(ctx, shift, date) })),
      problems: notice ? [{ code: `planning.${notice}`, message: t(ctx, `planning.notice.${notice}`) }] : [],
    };
  }

  private async daysOf(ctx: Ctx, calendarId: string) {
    const calendar = await this.calendars.get(ctx, calendarId);
    const holidays = await this.calendars.holidayDays(ctx, calendar.holidays);
    return dayRules(calendar, new Map(holidays.map(({ date, kind }) => [date, kind])));
  }
}

const dayText = (ctx: Ctx, local: number): string =>
  new Date(local * 1000).toLocaleDateString(ctx.locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    weekday: 'short',
  });

/** Why the date is not where the rule put it. */
export function whyText(ctx: Ctx, shift: Shift, { local, why }: LeftDate): string {
  return t(ctx, `planning.why.${shift}`, { date: dayText(ctx, local), reason: t(ctx, `planning.off.${why}`) });
}

function toDateView(ctx: Ctx, { local, at, shiftedFrom, why, merged }: PlannedDate, lead: number): PlannedDateView {
  const unmoved =
    why && shiftedFrom === null ? t(ctx, 'planning.why.unmoved', { reason: t(ctx, `planning.off.${why}`) }) : null;
  const moved =
    why && shiftedFrom !== null ? `planning.why.${shiftedFrom < local ? 'next_working' : 'previous_working'}` : null;
  const words = [
    moved ? t(ctx, moved, { date: dayText(ctx, shiftedFrom!), reason: t(ctx, `planning.off.${why}`) }) : unmoved,
    merged.length ? t(ctx, 'planning.why.merged', { dates: merged.map((one) => dayText(ctx, one)).join(', ') }) : null,
  ].filter(Boolean);
  return {
    date: wallText(local),
    at: new Date(at).toISOString(),
    createAt: new Date(at - lead * 1000).toISOString(),
    shiftedFrom: shiftedFrom === null ? null : wallText(shiftedFrom),
    reason: why,
    why: words.length ? words.join('; ') : null,
    merged: merged.map(wallText),
  };
}
