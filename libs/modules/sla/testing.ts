import { newId } from '@opora/platform/db';
import type { TestApi } from '@opora/platform/testing';
import type { PolicyDefinition, PolicyMetric } from './sla-policy.entity';
import { SlaMoments } from './sla-moments.service';
import type { CalendarDefinition } from './work-day';

const ALWAYS = [{ from: '00:00', to: '24:00' }];
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const everyDay = (intervals = ALWAYS): CalendarDefinition['week'] =>
  Object.fromEntries(DAYS.map((day) => [day, intervals]));

/** A calendar, by default open day and night. */
export async function aCalendar(api: TestApi, definition: Partial<CalendarDefinition> = {}): Promise<string> {
  const id = newId();
  const whole: CalendarDefinition = {
    timeZone: 'UTC',
    week: everyDay(),
    yearly: {},
    dated: {},
    holidays: null,
    ...definition,
  };
  const now = api.system.now();
  await api.db.query(
    api.system,
    `INSERT INTO work_calendar (id, code, name, "timeZone", week, yearly, dated, holidays, version, "createdAt", "updatedAt")
     VALUES ($1::uuid, $1::uuid::text, 'Calendar', $2, $3, $4, $5, $6, 1, $7, $7)`,
    [
      id,
      whole.timeZone,
      JSON.stringify(whole.week),
      JSON.stringify(whole.yearly),
      JSON.stringify(whole.dated),
      whole.holidays,
      now,
    ],
  );
  await api.db.query(
    api.system,
    `INSERT INTO work_calendar_version ("calendarId", version, definition, "holidayDays", "createdAt") VALUES ($1, 1, $2, '[]', $3)`,
    [id, JSON.stringify(whole), now],
  );
  return id;
}

export const aMetric = (
  metric: PolicyMetric['metric'],
  minutes: number,
  more: Partial<PolicyMetric> = {},
): PolicyMetric => ({
  metric,
  seconds: minutes * 60,
  calendarId: null,
  pauseCategories: ['waiting_client'],
  pauseStatusIds: [],
  pausesWhenPutAside: true,
  statusIds: [],
  reactionOn: 'answered',
  warnings: [],
  escalateTo: [],
  ...more,
});

/** A policy; the first made is the last to match, so that a test's own comes before what was there. */
export async function aPolicy(
  api: TestApi,
  { metrics, ...facts }: Partial<PolicyDefinition> & { metrics: PolicyMetric[] },
): Promise<{ id: string; name: string; calendarId: string }> {
  const id = newId();
  const definition: PolicyDefinition = {
    name: 'Policy',
    isActive: true,
    when: { all: [] },
    calendarId: facts.calendarId ?? (await aCalendar(api)),
    objectCalendarMode: 'ignore',
    onChange: { type: 'recount', priority: 'recount', client: 'recount', policy: 'keep', calendar: 'from_now_on' },
    ...facts,
    metrics,
  };
  const { name, isActive, when, calendarId, objectCalendarMode, onChange } = definition;
  const now = api.system.now();
  await api.db.query(
    api.system,
    `INSERT INTO sla_policy (id, name, position, "isActive", "when", "calendarId", "objectCalendarMode", metrics, "onChange", version, "createdAt", "updatedAt")
     VALUES ($1, $2, COALESCE((SELECT min(position) FROM sla_policy), 0) - 1, $3, $4, $5, $6, $7, $8, 1, $9, $9)`,
    [
      id,
      name,
      isActive,
      JSON.stringify(when),
      calendarId,
      objectCalendarMode,
      JSON.stringify(metrics),
      JSON.stringify(onChange),
      now,
    ],
  );
  await api.db.query(
    api.system,
    `INSERT INTO sla_policy_version ("policyId", version, definition, "createdAt") VALUES ($1, 1, $2, $3)`,
    [id, JSON.stringify(definition), now],
  );
  return { id, name, calendarId };
}

/** Moves the clock on, runs what has become due, and tells the moments of clocks that have come. */
export async function pass(api: TestApi, by: Parameters<TestApi['advance']>[0]): Promise<void> {
  await api.advance(by);
  await api.get(SlaMoments).tellDue(api.system);
  await api.drain();
}
