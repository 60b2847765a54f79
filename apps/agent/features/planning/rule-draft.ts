/** How a rule is asked for: by one of the usual forms, or as it is written. */
export const RULE_KINDS = ['daily', 'weekly', 'monthDay', 'monthWeekday', 'yearly', 'afterDone', 'own'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const NTHS = [1, 2, 3, 4, -1] as const;

export type RuleDraft = {
  kind: RuleKind;
  interval: number;
  days: Weekday[];
  /** 1 to 31; -1 is the last. */
  monthDay: number;
  nth: number;
  weekday: Weekday;
  afterDays: number;
  own: string;
  /** On the clock of the zone. */
  date: string;
  time: string;
  timeZone: string;
};

const FORMS: [RuleKind, RegExp][] = [
  ['daily', /^FREQ=DAILY(;INTERVAL=\d+)?$/],
  ['weekly', /^FREQ=WEEKLY(;INTERVAL=\d+)?;BYDAY=(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$/],
  ['monthDay', /^FREQ=MONTHLY(;INTERVAL=\d+)?;BYMONTHDAY=(-1|[1-9]|[12]\d|3[01])$/],
  ['monthWeekday', /^FREQ=MONTHLY(;INTERVAL=\d+)?;BYDAY=([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)$/],
  ['yearly', /^FREQ=YEARLY(;INTERVAL=\d+)?$/],
];

export const newRule = (today: string, timeZone: string): RuleDraft => ({
  kind: 'monthDay',
  interval: 1,
  days: ['MO'],
  monthDay: 1,
  nth: 1,
  weekday: 'MO',
  afterDays: 90,
  own: 'FREQ=MONTHLY;BYDAY=1MO',
  date: today,
  time: '09:00',
  timeZone,
});

type Stored = {
  rrule: string | null;
  afterDone: { days: number } | null;
  dtstart: string;
  timeZone: string;
};

/** What a kept rule looks like in the editor. */
export function ruleDraftOf({ rrule, afterDone, dtstart, timeZone }: Stored): RuleDraft {
  const draft = newRule(dtstart.slice(0, 10), timeZone);
  draft.time = dtstart.slice(11, 16);
  if (afterDone) return { ...draft, kind: 'afterDone', afterDays: afterDone.days };
  const text = (rrule ?? '').toUpperCase();
  const kind = FORMS.find(([, form]) => form.test(text))?.[0] ?? 'own';
  if (rrule) draft.own = rrule;
  const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`).exec(text)?.[1];
  const days = part('BYDAY')?.split(',') ?? [];
  return {
    ...draft,
    kind,
    interval: Number(part('INTERVAL') ?? 1),
    ...(kind === 'weekly' ? { days: days as Weekday[] } : {}),
    ...(kind === 'monthDay' ? { monthDay: Number(part('BYMONTHDAY')) } : {}),
    ...(kind === 'monthWeekday' ? { nth: Number(days[0]?.slice(0, -2)), weekday: days[0]?.slice(-2) as Weekday } : {}),
  };
}

/** The rule as RFC 5545 writes it; null for «after the last done». */
export function rruleOf(draft: RuleDraft): string | null {
  const { kind, interval, days, monthDay, nth, weekday, own } = draft;
  const every = interval > 1 ? `;INTERVAL=${interval}` : '';
  switch (kind) {
    case 'daily':
      return `FREQ=DAILY${every}`;
    case 'weekly':
      return `FREQ=WEEKLY${every};BYDAY=${WEEKDAYS.filter((day) => days.includes(day)).join(',')}`;
    case 'monthDay':
      return `FREQ=MONTHLY${every};BYMONTHDAY=${monthDay}`;
    case 'monthWeekday':
      return `FREQ=MONTHLY${every};BYDAY=${nth}${weekday}`;
    case 'yearly':
      return `FREQ=YEARLY${every}`;
    case 'own':
      return own;
    case 'afterDone':
      return null;
  }
}

export const ruleInputOf = (draft: RuleDraft, dates: { rdates: string[]; exdates: string[] }) => ({
  rrule: rruleOf(draft),
  afterDone: draft.kind === 'afterDone' ? { days: draft.afterDays } : null,
  dtstart: draft.date && draft.time ? `${draft.date}T${draft.time}:00` : null,
  timeZone: draft.timeZone || null,
  ...dates,
});
