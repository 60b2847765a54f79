/** Times of a schedule: an RFC 5545 recurrence on the wall clock of a zone. Pure. */
import { RRuleTemporal } from 'rrule-temporal';
import type { ScheduleTrigger } from './rule-trigger';

/** Rules that look at many tickets do so at most once an hour. */
const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY'];
const PARTS = /^[A-Z]+=[A-Z0-9,+:-]+$/i;

export type RecurrenceProblem = 'rruleWrong' | 'rruleTooOften' | 'rruleNever';

/** What is wrong with a schedule; undefined when nothing. */
export function recurrenceProblem(trigger: ScheduleTrigger, now: Date): RecurrenceProblem | undefined {
  const parts = trigger.rrule.replace(/^RRULE:/i, '').split(';');
  if (!parts.every((part) => PARTS.test(part))) return 'rruleWrong';
  const values = new Map(
    parts.map((part) => part.toUpperCase().split('=') as [string, string]).map(([key, value]) => [key, value]),
  );
  if (values.has('DTSTART') || values.has('TZID') || !values.has('FREQ')) return 'rruleWrong';
  const isTooOften = ['SECONDLY', 'MINUTELY'].includes(values.get('FREQ')!);
  const isManyAnHour = ['BYMINUTE', 'BYSECOND'].some((key) => values.get(key)?.includes(','));
  if (isTooOften || isManyAnHour) return 'rruleTooOften';
  if (!FREQUENCIES.includes(values.get('FREQ')!)) return 'rruleWrong';
  try {
    return nextTime(trigger, now) ? undefined : 'rruleNever';
  } catch {
    return 'rruleWrong';
  }
}

/** The first time after the moment; null when there is none any more. */
export function nextTime({ rrule, startsOn, time, timeZone }: ScheduleTrigger, after: Date): Date | null {
  const start = `${startsOn.replaceAll('-', '')}T${time.replace(':', '')}00`;
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timeZone}:${start}\nRRULE:${rrule.replace(/^RRULE:/i, '')}`,
    maxIterations: 20_000,
  });
  const next = rule.next(after, false);
  return next ? new Date(next.epochMilliseconds) : null;
}
