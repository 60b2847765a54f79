import type { Ctx } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import type { PlannedTickets } from './planned-tickets.service';

type Services = { db: Db; plans: PlannedTickets };

/** Three plans of regular work, with the dates of the next two months. */
export async function seedPlanning({ db, plans }: Services, ctx: Ctx): Promise<void> {
  if ((await db.query(ctx, 'SELECT 1 FROM planned_ticket LIMIT 1')).length) return;
  const idOf = async (sql: string): Promise<string | null> => (await db.query<{ id: string }>(ctx, sql))[0]?.id ?? null;
  const company = await idOf(
    `SELECT "companyId" AS id FROM service_object WHERE "archivedAt" IS NULL AND kind = 'shop' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const calendarId = await idOf(
    `SELECT id FROM work_calendar WHERE "archivedAt" IS NULL AND holidays IS NOT NULL ORDER BY name LIMIT 1`,
  );
  const teamId = await idOf(`SELECT id FROM team WHERE "archivedAt" IS NULL ORDER BY line DESC, name LIMIT 1`);
  const round = await idOf(
    `SELECT id FROM checklist_template WHERE "archivedAt" IS NULL AND axis IS NULL ORDER BY name DESC LIMIT 1`,
  );
  if (!company) return;
  const shift = calendarId ? ('next_working' as const) : ('none' as const);
  const year = ctx.now().getUTCFullYear();
  await plans.create(ctx, {
    name: 'Квартальное обслуживание касс',
    ticket: {
      subject: 'Обслуживание касс: {{object.name}}',
      description: '<p>Плановое обслуживание за {{month}} {{year}}: чистка, проверка печати, обновление.</p>',
      teamId,
      plannedSeconds: 5400,
      deadlineSeconds: 259_200,
    },
    rule: {
      rrule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1',
      dtstart: `${year}-03-01T09:00:00`,
      timeZone: 'Europe/Moscow',
    },
    shift,
    calendarId,
    leadSeconds: 604_800,
    objects: { mode: 'filter', companyIds: [company], kinds: ['shop'] },
    checklistTemplateId: round,
  });
  await plans.create(ctx, {
    name: 'Еженедельный обход серверной',
    ticket: {
      subject: 'Обход серверной {{date}}',
      companyId: company,
      teamId,
      plannedSeconds: 1800,
      deadlineSeconds: 28_800,
    },
    rule: { rrule: 'FREQ=WEEKLY;BYDAY=MO', dtstart: `${year}-01-05T10:00:00`, timeZone: 'Europe/Moscow' },
    shift,
    calendarId,
    catchUp: 'last',
  });
  await plans.create(ctx, {
    name: 'Отчёт о замечаниях за месяц',
    ticket: { subject: 'Отчёт о замечаниях: {{month}} {{year}}', companyId: company, teamId, plannedSeconds: 3600 },
    rule: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1', dtstart: `${year}-01-31T12:00:00`, timeZone: 'Europe/Moscow' },
    shift: calendarId ? 'previous_working' : 'none',
    calendarId,
    leadSeconds: 172_800,
  });
}
