import type { Ctx } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import type { ObjectCalendars } from './object-calendars.service';
import type { SlaClocks } from './sla-clocks.service';
import type { CreatePolicy, MetricInput } from './sla-policies.dto';
import type { SlaPolicies } from './sla-policies.service';
import type { WorkCalendars } from './work-calendars.service';
import type { Interval, Weekday } from './work-day';

type Services = { db: Db; calendars: WorkCalendars; policies: SlaPolicies; objects: ObjectCalendars };

const MINUTE = 60;
const HOUR = 3600;
const TOGETHER = 200;

const daily = (hours: Interval[]): Record<Weekday, Interval[]> => ({
  mon: hours,
  tue: hours,
  wed: hours,
  thu: hours,
  fri: hours,
  sat: hours,
  sun: hours,
});
const WARNINGS = [{ percent: 50 }, { percent: 75 }, { percent: 90 }, { beforeSeconds: 15 * MINUTE }];
const LEAD: MetricInput['escalateTo'] = [{ kind: 'assignee' }, { kind: 'team_lead' }];
const WAITING: Pick<MetricInput, 'pauseCategories' | 'pausesWhenPutAside'> = {
  pauseCategories: ['waiting_client', 'waiting_partner'],
  pausesWhenPutAside: true,
};

const assignment = (seconds: number): MetricInput => ({ metric: 'assignment', seconds, warnings: [{ percent: 75 }] });
const reaction = (seconds: number): MetricInput => ({ metric: 'reaction', seconds, warnings: WARNINGS.slice(1, 3) });
const resolution = (seconds: number): MetricInput => ({
  metric: 'resolution',
  seconds,
  ...WAITING,
  warnings: WARNINGS,
  escalateTo: LEAD,
});

function policiesOf(calendarIds: Record<string, string>, categoryIds: Record<string, string>): CreatePolicy[] {
  const { office, always, support } = calendarIds;
  const of = (code: string) => ({ field: 'companyCategoryIds', op: 'in' as const, value: [categoryIds[code]] });
  return [
    {
      name: 'VIP: критические, круглосуточно',
      when: { all: [of('vip'), { field: 'priorityCode', op: 'is', value: 'critical' }] },
      calendarId: always!,
      metrics: [
        assignment(15 * MINUTE),
        reaction(HOUR),
        { metric: 'next_update', seconds: 2 * HOUR, ...WAITING },
        resolution(4 * HOUR),
      ],
    },
    {
      name: 'Торговые сети: выезд в магазин',
      when: of('chain'),
      calendarId: support!,
      objectCalendarMode: 'intersect',
      metrics: [
        assignment(15 * MINUTE),
        reaction(HOUR),
        { metric: 'arrival', seconds: 8 * HOUR, ...WAITING },
        resolution(12 * HOUR),
      ],
    },
    {
      name: 'Консультации',
      when: { field: 'typeCode', op: 'is', value: 'consultation' },
      calendarId: office!,
      metrics: [reaction(3 * HOUR), resolution(9 * HOUR)],
    },
    {
      name: 'Все остальные',
      when: { all: [] },
      calendarId: office!,
      metrics: [
        assignment(15 * MINUTE),
        reaction(2 * HOUR),
        resolution(18 * HOUR),
        { metric: 'dwell', seconds: 27 * HOUR, warnings: [{ percent: 90 }], escalateTo: LEAD },
      ],
    },
  ];
}

/** Calendars, hours of objects and policies of the demo service company; does nothing the second time. */
export async function seedSla(services: Services, ctx: Ctx): Promise<void> {
  const { db, calendars, policies, objects } = services;
  if ((await policies.list(ctx)).length) return;
  const known = Object.fromEntries((await calendars.list(ctx, true)).map(({ code, id }) => [code, id]));
  const wanted = [
    {
      code: 'support',
      name: 'Поддержка, 8:00–20:00 без выходных',
      timeZone: 'Europe/Moscow',
      from: '08:00',
      to: '20:00',
    },
    {
      code: 'shops-msk',
      name: 'Магазины, 10:00–22:00 (Москва)',
      timeZone: 'Europe/Moscow',
      from: '10:00',
      to: '22:00',
    },
    {
      code: 'shops-ural',
      name: 'Магазины, 10:00–22:00 (Урал)',
      timeZone: 'Asia/Yekaterinburg',
      from: '10:00',
      to: '22:00',
    },
  ];
  for (const { from, to, ...calendar } of wanted)
    known[calendar.code] ??= (await calendars.create(ctx, { ...calendar, week: daily([{ from, to }]) })).id;
  const places = await db.query<{ id: string; timeZone: string | null }>(
    ctx,
    `SELECT id, "timeZone" FROM service_object WHERE kind = 'directorate' AND "archivedAt" IS NULL ORDER BY id`,
  );
  for (const { id, timeZone } of places)
    await objects.set(ctx, id, known[timeZone === 'Asia/Yekaterinburg' ? 'shops-ural' : 'shops-msk']!);
  const categories = await db.query<{ code: string; id: string }>(ctx, 'SELECT code, id FROM company_category');
  const categoryIds = Object.fromEntries(categories.map(({ code, id }) => [code, id]));
  for (const policy of policiesOf(known, categoryIds)) await policies.create(ctx, policy);
}

/** Promises of tickets that were told, not lived: nobody hears of what they missed. */
export async function bindDemoTickets({ db, clocks }: { db: Db; clocks: SlaClocks }, ctx: Ctx): Promise<void> {
  const rows = await db.query<{ id: string }>(
    ctx,
    `SELECT t.id FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM ticket_sla s WHERE s."ticketId" = t.id) ORDER BY t.id`,
  );
  for (let from = 0; from < rows.length; from += TOGETHER) {
    const ids = rows.slice(from, from + TOGETHER).map(({ id }) => id);
    await clocks.recompute(ctx, ids, { rebinds: true, isQuiet: true });
  }
}
