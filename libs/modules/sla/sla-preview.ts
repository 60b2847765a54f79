import type { FieldProblem } from '@opora/platform/errors';
import { isRfc3339 } from '@opora/platform/http';
import { isUUID } from 'class-validator';
import { CHANGE_MODES } from './sla-preview.dto';
import { calendarProblems } from './work-calendar-check';
import { explainSpan, type NotedChange, type Segment } from './work-time-explain';
import { due, elapsed, orderedPauses, type Pause, switchCalendar, type WorkCalendar } from './work-time';

const SECOND = 1000;
/** Nothing is asked about more than a hundred years at once. */
const REACH = 36_525 * 86_400_000;

/** A change as it came, checked. */
export type GivenChange = {
  at: number;
  mode: (typeof CHANGE_MODES)[number];
  calendarId?: string;
  calendar?: object;
  pointer: string;
};
type Refuse = (pointer: string, code: string) => void;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads moments, pauses and changes; whatever is wrong is collected with its place. */
export class PreviewReader {
  readonly problems: FieldProblem[] = [];
  readonly start: number;

  constructor(start: string) {
    this.start = this.moment(start, '/start');
  }

  private readonly refuse: Refuse = (pointer, code) => this.problems.push({ pointer, code, message: '' });

  /** A moment that is not too far after the start. */
  moment(value: unknown, pointer: string): number {
    if (!isRfc3339(value)) {
      this.refuse(pointer, 'validation.isRfc3339');
      return NaN;
    }
    const moment = Date.parse(value);
    if (moment - this.start > REACH) this.refuse(pointer, 'sla.momentTooFar');
    return moment;
  }

  pauses(given: readonly unknown[]): Pause[] {
    return given.map((pause, index) => {
      const here = `/pauses/${index}`;
      if (!isRecord(pause) || Object.keys(pause).some((key) => key !== 'from' && key !== 'to')) {
        this.refuse(here, 'sla.pauseShape');
        return { from: NaN, to: null };
      }
      const from = this.moment(pause.from, `${here}/from`);
      const to = pause.to === null || pause.to === undefined ? null : this.moment(pause.to, `${here}/to`);
      if (to !== null && to < from) this.refuse(`${here}/to`, 'sla.pauseEndsBeforeItBegins');
      return { from, to };
    });
  }

  changes(given: readonly unknown[]): GivenChange[] {
    return given.map((change, index) => {
      const pointer = `/changes/${index}`;
      if (!isRecord(change)) {
        this.refuse(pointer, 'sla.changeShape');
        return { at: NaN, mode: 'from_now_on', pointer };
      }
      const { at, mode, calendarId, calendar, ...rest } = change;
      for (const key of Object.keys(rest)) this.refuse(`${pointer}/${key}`, 'validation.whitelistValidation');
      if (!CHANGE_MODES.some((known) => known === mode)) this.refuse(`${pointer}/mode`, 'sla.changeModeWrong');
      if ((calendarId === undefined) === (calendar === undefined)) this.refuse(pointer, 'sla.changeNeedsCalendar');
      if (calendarId !== undefined && !isUUID(calendarId)) this.refuse(`${pointer}/calendarId`, 'validation.isUuid');
      if (calendar !== undefined) this.calendar(calendar, `${pointer}/calendar`);
      return {
        at: this.moment(at, `${pointer}/at`),
        mode: mode as GivenChange['mode'],
        calendarId: calendarId as string | undefined,
        calendar: calendar as object | undefined,
        pointer,
      };
    });
  }

  calendar(given: unknown, pointer: string): void {
    this.problems.push(...calendarProblems(given, pointer));
  }
}

export type PreviewQuestion = {
  calendar: WorkCalendar;
  start: number;
  seconds?: number;
  end?: number;
  pauses: readonly Pause[];
  changes: readonly (NotedChange & { mode: GivenChange['mode']; calendar: WorkCalendar })[];
};

export type PreviewAnswer = {
  dueAt: number | null;
  elapsedSeconds: number | null;
  calendarSeconds: number | null;
  pausedSeconds: number | null;
  pausedCalendarSeconds: number | null;
  segments: Segment[];
};

/** The hours that count, after every change: `recalculate` forgets what was before it. */
export function changedCalendar({ calendar, changes }: Pick<PreviewQuestion, 'calendar' | 'changes'>): WorkCalendar {
  const inOrder = [...changes].sort((one, other) => one.at - other.at);
  return inOrder.reduce(
    (before, { at, mode, calendar }) => (mode === 'recalculate' ? calendar : switchCalendar(before, at, calendar)),
    calendar,
  );
}

function pausedPlainly(pauses: readonly Pause[], start: number, end: number): number {
  const lengths = orderedPauses(pauses, start).map(({ from, to }) => Math.max(0, Math.min(to, end) - from));
  return lengths.reduce((sum, length) => sum + length, 0) / SECOND;
}

/** Deadline, elapsed time and the explanation of both. */
export function previewOf(question: PreviewQuestion): PreviewAnswer {
  const { start, seconds, end, pauses, changes } = question;
  const calendar = changedCalendar(question);
  const dueAt = seconds === undefined ? null : due(calendar, start, seconds, pauses);
  const until = end ?? dueAt;
  // What had not changed yet by the end does not count: the time was over.
  const counted =
    end === undefined
      ? calendar
      : changedCalendar({ calendar: question.calendar, changes: changes.filter(({ at }) => at <= end) });
  const worked = until === null ? null : elapsed(counted, start, until, pauses);
  const explainedUntil = seconds === undefined ? (end ?? null) : dueAt;
  return {
    dueAt,
    elapsedSeconds: worked,
    calendarSeconds: until === null ? null : Math.max(0, until - start) / SECOND,
    pausedSeconds:
      until === null || worked === null
        ? null
        : Math.round(elapsed(counted, start, until) * SECOND - worked * SECOND) / SECOND,
    pausedCalendarSeconds: until === null ? null : pausedPlainly(pauses, start, until),
    segments:
      explainedUntil !== null && explainedUntil < start
        ? []
        : explainSpan(seconds === undefined ? counted : calendar, {
            start,
            end: explainedUntil,
            seconds,
            pauses,
            changes: changes.filter(({ at }) => explainedUntil === null || at <= explainedUntil),
          }),
  };
}
