import type { FieldProblem } from '@opora/platform/errors';
import { recurrenceProblem } from './rule-recurrence';
import {
  COMING,
  MAX_WAIT,
  MIN_WAIT,
  MOMENT_NAMES,
  RULE_EVENTS,
  type RuleMomentName,
  type RuleTrigger,
} from './rule-trigger';

const MAX_FIELDS = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KEYS: Record<string, readonly string[]> = {
  event: ['kind', 'event', 'fields'],
  after: ['kind', 'moment', 'seconds', 'calendarId'],
  schedule: ['kind', 'rrule', 'startsOn', 'time', 'timeZone'],
};

export type Known = { fields: ReadonlySet<string>; calendarIds: ReadonlySet<string>; now: Date };

const problem = (name: string, code: string): FieldProblem => ({
  pointer: `/trigger${name && `/${name}`}`,
  code: `rules.${code}`,
  message: '',
});

/** What is wrong with a trigger as it came, each problem with its place. */
export function triggerProblems(given: unknown, known: Known): FieldProblem[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [problem('', 'triggerUnknown')];
  const trigger = given as Record<string, unknown>;
  const keys = typeof trigger.kind === 'string' && Object.hasOwn(KEYS, trigger.kind) ? KEYS[trigger.kind]! : undefined;
  if (!keys) return [problem('kind', 'triggerUnknown')];
  const strange = Object.keys(trigger).filter((key) => !keys.includes(key));
  if (strange.length) return strange.slice(0, 10).map((key) => problem(key.slice(0, 60), 'triggerPartUnknown'));
  if (trigger.kind === 'event') return eventProblems(trigger, known);
  return trigger.kind === 'after' ? timeProblems(trigger, known) : scheduleProblems(trigger, known);
}

function eventProblems({ event, fields }: Record<string, unknown>, known: Known): FieldProblem[] {
  if (!(RULE_EVENTS as readonly unknown[]).includes(event)) return [problem('event', 'eventUnknown')];
  if (fields === undefined) return [];
  if (event !== 'ticket.changed') return [problem('fields', 'fieldsNotAsked')];
  if (!Array.isArray(fields) || fields.length > MAX_FIELDS) return [problem('fields', 'fieldsShape')];
  return fields.flatMap((field, index) =>
    typeof field === 'string' && known.fields.has(field) ? [] : [problem(`fields/${index}`, 'fieldUnknown')],
  );
}

function timeProblems({ moment, seconds, calendarId }: Record<string, unknown>, known: Known): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const isKnown = (MOMENT_NAMES as readonly unknown[]).includes(moment);
  if (!isKnown) problems.push(problem('moment', 'momentUnknown'));
  const isWait = Number.isInteger(seconds) && Math.abs(seconds as number) <= MAX_WAIT;
  if (!isWait || Math.abs(seconds as number) < MIN_WAIT) problems.push(problem('seconds', 'waitWrong'));
  else if ((seconds as number) < 0) {
    if (isKnown && !COMING.includes(moment as RuleMomentName)) problems.push(problem('seconds', 'momentHasPassed'));
    if (calendarId) problems.push(problem('calendarId', 'calendarOnlyAfter'));
  }
  if (calendarId !== undefined && calendarId !== null) {
    const isThere = typeof calendarId === 'string' && UUID.test(calendarId) && known.calendarIds.has(calendarId);
    if (!isThere) problems.push(problem('calendarId', 'calendarUnknown'));
  }
  return problems;
}

function scheduleProblems(trigger: Record<string, unknown>, { now }: Known): FieldProblem[] {
  const { rrule, startsOn, time, timeZone } = trigger;
  const problems: FieldProblem[] = [];
  if (typeof rrule !== 'string' || !rrule || rrule.length > 500) problems.push(problem('rrule', 'rruleWrong'));
  if (typeof startsOn !== 'string' || !isDay(startsOn)) problems.push(problem('startsOn', 'dayWrong'));
  if (typeof time !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) problems.push(problem('time', 'timeWrong'));
  if (typeof timeZone !== 'string' || !isZone(timeZone)) problems.push(problem('timeZone', 'zoneUnknown'));
  if (problems.length) return problems;
  const wrong = recurrenceProblem(trigger as RuleTrigger & { kind: 'schedule' }, now);
  return wrong ? [problem('rrule', wrong)] : [];
}

function isDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
