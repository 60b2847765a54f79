/** What the board shows, each kind of thing in one question however many people there are. */
import { covered, TicketPermission, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import type { DispatchTicketView } from './board.dto';
import { AT_WORK, SKILLS_OF, ZONES_OF } from './engineers.service';
import { placeSql, zoneIdsSql } from './places.query';
import type { SkillLevel } from './suggestion-ranking';

export const MAX_PEOPLE = 100;
const MAX_BLOCKS = 3000;
/** No visit is longer: what began earlier is not looked for. */
const LONGEST_DAYS = 7;

/** Word for word the condition of the partial index of open tickets. */
export const OPEN = `t."deletedAt" IS NULL AND t."statusCategory" NOT IN ('done', 'closed')`;
/** The nearest end, over `t` and the row `sla` of its clocks. */
export const DUE = 'LEAST(t."deadlineAt", sla."nextDueAt")';

export type PersonRow = {
  id: string;
  name: string;
  timeZone: string | null;
  calendarId: string | null;
  skills: SkillLevel[];
  zoneIds: string[];
  latitude: number | null;
  longitude: number | null;
  openCount: number;
  overdueCount: number;
  backlogSeconds: number;
  backlogCount: number;
  unplannedCount: number;
};

/** People with the counts of their open tickets. `where` speaks of the alias `e`. */
export const peopleSql = (where: string, limit: number, params: SqlParams, now: Date): string => `
  WITH people AS (SELECT e.* FROM employee e WHERE ${AT_WORK} AND ${where} ORDER BY lower(e.name), e.id LIMIT ${params.add(limit)}::int)
  SELECT e.id, e.name, e."timeZone", g."calendarId", g.latitude, g.longitude, ${SKILLS_OF} AS skills, ${ZONES_OF} AS "zoneIds",
    COALESCE(w.open, 0) AS "openCount", COALESCE(w.overdue, 0) AS "overdueCount", COALESCE(w.seconds, 0) AS "backlogSeconds",
    COALESCE(w.backlog, 0) AS "backlogCount", COALESCE(w.unplanned, 0) AS "unplannedCount"
  FROM people e LEFT JOIN engineer g ON g."employeeId" = e.id
  LEFT JOIN (
    SELECT t."assigneeId", count(*)::int AS open, (count(*) FILTER (WHERE ${DUE} < ${params.add(now)}::timestamptz OR sla."isBreached"))::int AS overdue,
      COALESCE(sum(t."plannedSeconds") FILTER (WHERE t."scheduledFor" IS NULL), 0)::float8 AS seconds,
      (count(*) FILTER (WHERE t."scheduledFor" IS NULL))::int AS backlog,
      (count(*) FILTER (WHERE t."scheduledFor" IS NULL AND t."plannedSeconds" IS NULL))::int AS unplanned
    FROM ticket t LEFT JOIN ticket_sla sla ON sla."ticketId" = t.id
    WHERE ${OPEN} AND t."assigneeId" IN (SELECT id FROM people) GROUP BY t."assigneeId") w ON w."assigneeId" = e.id
  ORDER BY lower(e.name), e.id`;

/** A ticket as the board shows it, over `t`, `sla` and TICKET_JOINS. */
export const ticketColumns = (ctx: Ctx, params: SqlParams): string => {
  const name = (alias: string): string => `${alias}.name->>'${ctx.locale === 'en' ? 'en' : 'ru'}'`;
  const badge = (alias: string): string =>
    `jsonb_build_object('id', ${alias}.id, 'name', ${name(alias)}, 'color', ${alias}.color)`;
  const ref = (alias: string): string =>
    `CASE WHEN ${alias}.id IS NOT NULL THEN jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name) END`;
  return `t.id, t.number, t.version, t.subject, jsonb_build_object('id', ty.id, 'name', ${name('ty')}) AS type, ${badge('st')} AS status, ${badge('pr')} AS priority,
    ${ref('co')} AS company, ${ref('ob')} AS object, ${ref('te')} AS team, t."scheduledFor", t."plannedSeconds", ${DUE} AS "dueAt",
    ${DUE} < ${params.add(ctx.now())}::timestamptz OR COALESCE(sla."isBreached", false) AS "isOverdue", t."statusCategory" IN ('done', 'closed') AS "isDone",
    p.latitude, p.longitude, p.address, ${zoneIdsSql('p')} AS "zoneIds", t."assigneeId",
    COALESCE((SELECT jsonb_agg(jsonb_build_object('skillId', k."skillId", 'level', k.level) ORDER BY k."skillId") FROM ticket_type_skill k
      WHERE k."typeId" = t."typeId"), '[]') AS skills, COALESCE(${covered(ctx.actor, TicketPermission.assign, params)}, false) AS "isAssignable"`;
};
export const TICKET_JOINS = `JOIN ticket_type ty ON ty.id = t."typeId" JOIN ticket_status st ON st.id = t."statusId" JOIN priority pr ON pr.id = t."priorityId"
  LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN service_object ob ON ob.id = t."objectId" LEFT JOIN team te ON te.id = t."teamId"
  LEFT JOIN LATERAL (${placeSql('t."objectId"', 't."companyId"')}) p ON true`;

export type TicketRow = Omit<DispatchTicketView, 'scheduledFor' | 'dueAt' | 'place'> & {
  scheduledFor: Date | null;
  dueAt: Date | null;
  latitude: number | null;
  longitude: number | null;
  address: string | null;
  assigneeId: string | null;
};
export type BlockRow = TicketRow & { isVisible: boolean; assigneeId: string; scheduledFor: Date };

/** The visits of people between two moments, also those the asker may not see: `isVisible` says which. */
export function blocksSql(
  ctx: Ctx,
  { people, from, to, visitSeconds }: { people: readonly string[]; from: number; to: number; visitSeconds: number },
  params: SqlParams,
): string {
  const [first, last] = [params.add(new Date(from)), params.add(new Date(to))];
  return `SELECT ${ticketColumns(ctx, params)}, ${visibleTo(ctx.actor, params)} AS "isVisible"
    FROM ticket t LEFT JOIN ticket_sla sla ON sla."ticketId" = t.id ${TICKET_JOINS}
    WHERE t."deletedAt" IS NULL AND t."mergedIntoId" IS NULL AND t."assigneeId" = ANY(${params.add(people)}::uuid[])
      AND t."scheduledFor" IS NOT NULL AND t."scheduledFor" < ${last}::timestamptz AND t."scheduledFor" > ${first}::timestamptz - interval '${LONGEST_DAYS} days'
      AND t."scheduledFor" + make_interval(secs => COALESCE(t."plannedSeconds", ${params.add(visitSeconds)}::int)) > ${first}::timestamptz
    ORDER BY t."scheduledFor", t.id LIMIT ${MAX_BLOCKS}`;
}

export const toDispatchTicketView = (row: TicketRow): DispatchTicketView => ({
  id: row.id,
  number: row.number,
  version: row.version,
  subject: row.subject,
  type: row.type,
  status: row.status,
  priority: row.priority,
  company: row.company,
  object: row.object,
  team: row.team,
  place:
    row.address === null && row.latitude === null
      ? null
      : { address: row.address, latitude: row.latitude, longitude: row.longitude },
  zoneIds: row.zoneIds,
  skills: row.skills,
  scheduledFor: row.scheduledFor?.toISOString() ?? null,
  plannedSeconds: row.plannedSeconds,
  dueAt: row.dueAt?.toISOString() ?? null,
  isOverdue: row.isOverdue ?? false,
  isDone: row.isDone,
  isAssignable: row.isAssignable,
});
