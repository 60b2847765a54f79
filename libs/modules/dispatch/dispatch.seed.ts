import type { Companies, ServiceObjects } from '@opora/modules/clients';
import type { WorkCalendars } from '@opora/modules/sla';
import type { Ctx } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import type { Assignments } from './assignments.service';
import { NEEDS, PEOPLE, SKILLS, TOWNS, ZONES } from './dispatch.seed-data';
import type { Engineers } from './engineers.service';
import type { Skills } from './skills.service';
import type { Zones } from './zones.service';

type Services = {
  db: Db;
  zones: Zones;
  skills: Skills;
  engineers: Engineers;
  assignments: Assignments;
  companies: Companies;
  objects: ServiceObjects;
  calendars: WorkCalendars;
};
type Open = { id: string; assigneeId: string | null; scheduledFor: Date | null };

const CALENDAR = 'Выездная служба, ежедневно 8–20';
const HOURS = [{ from: '08:00', to: '20:00' }];
/** Hours and lengths of visits of a day; the gaps are for the way. */
const VISITS: [start: number, seconds: number][] = [
  [9, 5400],
  [11, 3600],
  [13.5, 7200],
  [16, 3600],
];

/** Zones, skills and base points of the demo company, and a day that looks alive; nothing the second time. */
export async function seedDispatch(services: Services, ctx: Ctx): Promise<void> {
  if ((await services.zones.list(ctx)).length) return;
  await placeTowns(services, ctx);
  const people = new Map(
    (
      await services.db.query<{ id: string; login: string }>(
        ctx,
        `SELECT id, split_part(email, '@', 1) AS login FROM employee WHERE email LIKE '%@opora.demo'`,
      )
    ).map(({ id, login }) => [login, id]),
  );
  for (const { served, ...zone } of ZONES)
    await services.zones.create(ctx, { ...zone, engineerIds: served.flatMap((login) => people.get(login) ?? []) });
  const skillIds: string[] = [];
  for (const name of SKILLS) skillIds.push((await services.skills.create(ctx, name)).id);
  const types = await services.db.query<{ id: string; code: string }>(ctx, 'SELECT id, code FROM ticket_type');
  for (const [code, skill, level] of NEEDS) {
    const type = types.find((one) => one.code === code);
    if (type) await services.skills.setOfType(ctx, type.id, [{ skillId: skillIds[skill]!, level }]);
  }
  const calendarId = await fieldCalendar(services, ctx);
  for (const { login, base, levels } of PEOPLE) {
    const id = people.get(login);
    if (!id) continue;
    const point = base && TOWNS[base[0]];
    await services.engineers.update(ctx, id, {
      calendarId,
      skills: levels.flatMap((level, at) => (level ? [{ skillId: skillIds[at]!, level }] : [])),
      ...(point && { base: { longitude: point[0], latitude: point[1], address: base[1] } }),
    });
  }
  for (const { login, base } of PEOPLE) {
    const id = people.get(login);
    if (id) await planDays(services, ctx, id, base !== undefined);
  }
}

async function fieldCalendar({ calendars }: Services, ctx: Ctx): Promise<string> {
  const known = (await calendars.list(ctx, false)).find(({ name }) => name === CALENDAR);
  if (known) return known.id;
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, HOURS]));
  return (await calendars.create(ctx, { name: CALENDAR, timeZone: 'Europe/Moscow', week } as never)).id;
}

/** Shops and offices lie where their towns are. */
async function placeTowns({ db, companies, objects }: Services, ctx: Ctx): Promise<void> {
  const rows = await db.query<{ id: string; version: number; address: string }>(
    ctx,
    `SELECT id, version, address FROM service_object WHERE latitude IS NULL AND address IS NOT NULL AND "archivedAt" IS NULL ORDER BY id`,
  );
  for (const { id, version, address } of rows) {
    const town = TOWNS[address.split(',')[0]!];
    if (town) await objects.update(ctx, id, version, { longitude: town[0], latitude: town[1] });
  }
  const clients = await db.query<{ id: string; version: number; address: string }>(
    ctx,
    `SELECT id, version, address FROM company WHERE latitude IS NULL AND address IS NOT NULL ORDER BY id`,
  );
  for (const { id, version, address } of clients) {
    const town = TOWNS[address.split(',')[0]!];
    if (town) await companies.update(ctx, id, version, { longitude: town[0], latitude: town[1] });
  }
}

/** Today and tomorrow of a person: visits in his zones, the nearest first, then what he has on his desk. */
async function planDays({ db, assignments }: Services, ctx: Ctx, employeeId: string, isField: boolean): Promise<void> {
  const near = `SELECT point(a.longitude, a.latitude) <-> point(g.longitude, g.latitude) FROM engineer g, service_object o
    JOIN service_object a ON a.id = ANY(o.path) JOIN engineer_zone s ON s."employeeId" = $1 JOIN zone z ON z.id = s."zoneId"
    WHERE g."employeeId" = $1 AND o.id = t."objectId" AND a.latitude IS NOT NULL AND point(a.longitude, a.latitude) <@ z.shape LIMIT 1`;
  const reach = isField
    ? `(t."assigneeId" = $1 OR t."assigneeId" IS NULL AND (${near}) IS NOT NULL)`
    : 't."assigneeId" = $1';
  const order = isField ? `(${near}) NULLS LAST,` : '';
  const open = await db.query<Open>(
    ctx,
    `SELECT t.id, t."assigneeId", t."scheduledFor" FROM ticket t WHERE t."deletedAt" IS NULL AND t."statusCategory" IN ('new', 'in_work')
       AND t."scheduledFor" IS NULL AND ${reach} ORDER BY ${order} t.number DESC LIMIT 8`,
    [employeeId],
  );
  const [start] = await db.query<{ at: Date }>(
    ctx,
    `SELECT (date_trunc('day', $1::timestamptz AT TIME ZONE i."timeZone")) AT TIME ZONE i."timeZone" AS at FROM installation i`,
    [ctx.now()],
  );
  for (const [at, ticket] of open.entries()) {
    const [hour, plannedSeconds] = VISITS[at % VISITS.length]!;
    const day = Math.floor(at / VISITS.length);
    const scheduledFor = new Date(start!.at.getTime() + (day * 24 + hour) * 3_600_000).toISOString();
    const { id, ...seen } = ticket;
    await assignments.save(ctx, {
      ticketId: id,
      assigneeId: employeeId,
      scheduledFor,
      plannedSeconds,
      seen: { assigneeId: seen.assigneeId, scheduledFor: null },
    });
  }
}
