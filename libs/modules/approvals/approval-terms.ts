/** When a step is due and what is told meanwhile. Pure. Moments are milliseconds since 1970. */
import { due, type WorkCalendar } from '@opora/modules/sla';

/** Plain hours, or the working time of a calendar. */
export const TERM_TIMES = ['plain', 'working'] as const;
export type TermTime = (typeof TERM_TIMES)[number];
export type Term = { seconds: number; time: TermTime; calendarId: string | null };

export const DELEGATIONS = ['none', 'absent', 'overdue', 'both'] as const;
export type Delegation = (typeof DELEGATIONS)[number];

/** What a stage says about its time. */
export type StageTimes = {
  term: Term | null;
  /** Seconds before the end, counted like the term. */
  remindBefore: readonly number[];
  /** Seconds after the end at which it is told further up; null: never. */
  escalateAfter: number | null;
};
/** `remind:<seconds>`, `overdue`, `escalate`: name and moment, in order. */
export type Moment = [name: string, at: number];

const SECOND = 1000;

/** So much time after a moment: real seconds, or those in which the calendar is open; null when it never comes. */
export function after(start: number, seconds: number, calendar: WorkCalendar | null): number | null {
  return calendar ? due(calendar, start, seconds) : start + seconds * SECOND;
}

/** The last moment that is in time. */
export const dueOf = (askedAt: number, { term }: StageTimes, calendar: WorkCalendar | null): number | null =>
  term && after(askedAt, term.seconds, calendar);

/** Late is the first whole second after the end: 24 h 00 m 00 s is in time, 24 h 00 m 01 s is not. */
export const isLate = (dueAt: number | null, at: number): boolean => dueAt !== null && at >= dueAt + SECOND;

/** What is told of a step that stays undecided. */
export function momentsOf(askedAt: number, times: StageTimes, calendar: WorkCalendar | null): Moment[] {
  const { term, remindBefore, escalateAfter } = times;
  const dueAt = dueOf(askedAt, times, calendar);
  if (!term || dueAt === null) return [];
  const reminders = [...new Set(remindBefore)]
    .filter((seconds) => seconds > 0 && seconds < term.seconds)
    .flatMap((seconds): Moment[] => {
      const at = after(askedAt, term.seconds - seconds, calendar);
      return at === null ? [] : [[`remind:${seconds}`, at]];
    });
  const moments: Moment[] = [...reminders, ['overdue', dueAt + SECOND]];
  if (escalateAfter !== null) {
    const at = escalateAfter ? after(dueAt, escalateAfter, calendar) : dueAt;
    if (at !== null) moments.push(['escalate', at + SECOND]);
  }
  return moments.sort((one, other) => one[1] - other[1]);
}
