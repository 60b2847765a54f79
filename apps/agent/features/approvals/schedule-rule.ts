/** How often a request begins by itself; `own` is a rule of RFC 5545 that the list does not know. */
export type ScheduleRule = { every: 'month' | 'quarter' | 'week' | 'own'; day: string; own: string };

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
/** Days that every month has, and its last one. */
export const MONTH_DAYS = [...Array.from({ length: 28 }, (_, index) => String(index + 1)), '-1'];

const SHAPES = [
  ['month', /^FREQ=MONTHLY;BYMONTHDAY=(-1|[1-9]|1\d|2[0-8])$/],
  ['quarter', /^FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=(-1|[1-9]|1\d|2[0-8])$/],
  ['week', /^FREQ=WEEKLY;BYDAY=(MO|TU|WE|TH|FR|SA|SU)$/],
] as const;

/** A stored rule for the form. */
export function ruleOf(rrule: string): ScheduleRule {
  for (const [every, shape] of SHAPES) {
    const day = shape.exec(rrule)?.[1];
    if (day) return { every, day, own: rrule };
  }
  return { every: 'own', day: '1', own: rrule };
}

/** What is stored of it. */
export function rruleOf({ every, day, own }: ScheduleRule): string {
  if (every === 'own') return own.trim();
  if (every === 'week') return `FREQ=WEEKLY;BYDAY=${day}`;
  return `FREQ=MONTHLY;${every === 'quarter' ? 'INTERVAL=3;' : ''}BYMONTHDAY=${day}`;
}

/** Another frequency keeps the day where it has such a one. */
export function withEvery(rule: ScheduleRule, every: ScheduleRule['every']): ScheduleRule {
  const isWeekday = (WEEKDAYS as readonly string[]).includes(rule.day);
  const day = every === 'own' || isWeekday === (every === 'week') ? rule.day : every === 'week' ? 'MO' : '1';
  return { every, day, own: rruleOf(rule) };
}
