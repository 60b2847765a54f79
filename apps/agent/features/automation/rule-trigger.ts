import type { ConditionField } from '@opora/ui/conditions';
import type { Triggers } from './rules.queries';

export type EventTrigger = { kind: 'event'; event: string; fields?: string[] };
export type TimeTrigger = { kind: 'after'; moment: string; seconds: number; calendarId?: string | null };
export type ScheduleTrigger = { kind: 'schedule'; rrule: string; startsOn: string; time: string; timeZone: string };
/** What makes a rule look at a ticket. */
export type RuleTrigger = EventTrigger | TimeTrigger | ScheduleTrigger;

export const EVERY_DAY = 'FREQ=DAILY';
/** Recurrences that need no knowledge of RFC 5545. */
export const USUAL_TIMES = [
  'FREQ=HOURLY',
  EVERY_DAY,
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;BYDAY=MO',
  'FREQ=MONTHLY;BYMONTHDAY=1',
] as const;

const DAY = 86_400;
/** A trigger of the kind, ready to be changed. */
export function newTrigger(kind: RuleTrigger['kind'], timeZone: string, now = new Date()): RuleTrigger {
  if (kind === 'event') return { kind, event: 'ticket.created' };
  if (kind === 'after') return { kind, moment: 'status_entered', seconds: 3 * DAY, calendarId: null };
  return { kind, rrule: EVERY_DAY, startsOn: dayIn(timeZone, now), time: '09:00', timeZone };
}

/** The day of the reader of that clock, as the API writes it. */
const dayIn = (timeZone: string, moment: Date): string => moment.toLocaleDateString('sv', { timeZone });

/** What the condition of a rule with this trigger may ask of the event. */
export const eventFieldsOf = (triggers: Triggers, trigger: RuleTrigger): ConditionField[] =>
  trigger.kind === 'event' ? (triggers.events.find(({ name }) => name === trigger.event)?.fields ?? []) : [];

export type Wait = { count: number; unit: 'minute' | 'hour' | 'day' };
const UNITS = { day: DAY, hour: 3600, minute: 60 } as const;

/** Seconds in the largest unit that fits evenly. */
export function waitOf(seconds: number): Wait {
  const size = Math.abs(seconds);
  const unit = (['day', 'hour'] as const).find((name) => size >= UNITS[name] && size % UNITS[name] === 0) ?? 'minute';
  return { count: Math.max(1, Math.round(size / UNITS[unit])), unit };
}
export const secondsOf = ({ count, unit }: Wait): number => count * UNITS[unit];
