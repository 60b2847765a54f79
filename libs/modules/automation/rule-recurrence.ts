/** Times of a schedule: an RFC 5545 recurrence on the wall clock of a zone. Pure. */
import { occurrences, readRecurrence } from '@opora/modules/planning';
import type { ScheduleTrigger } from './rule-trigger';

export type RecurrenceProblem = 'rruleWrong' | 'rruleTooOften' | 'rruleNever';

/** What is wrong with a schedule; undefined when nothing. Rules that look at many tickets do so at most once an hour. */
export function recurrenceProblem(trigger: ScheduleTrigger, now: Date): RecurrenceProblem | undefined {
  const { rule, faults } = readRecurrence(trigger.rrule);
  if (faults.length) return 'rruleWrong';
  if (rule.freq === 'MINUTELY' || rule.freq === 'SECONDLY') return 'rruleTooOften';
  if (rule.minutes.length > 1 || rule.seconds.length > 1) return 'rruleTooOften';
  return nextTime(trigger, now) ? undefined : 'rruleNever';
}

/** The first time after the moment; null when there is none any more. */
export function nextTime({ rrule, startsOn, time, timeZone }: ScheduleTrigger, after: Date): Date | null {
  const start = Date.parse(`${startsOn}T${time}:00Z`) / 1000;
  const schedule = { rule: readRecurrence(rrule).rule, start, timeZone };
  const [next] = occurrences(schedule, { from: after.getTime() + 1, count: 1 }).dates;
  return next ? new Date(next.at) : null;
}
