import { visibleObjects } from '@opora/modules/clients';
import type { Ctx } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';

const ref = (table: string, id: string, name = 'x.name'): string =>
  `(SELECT jsonb_build_object('id', x.id, 'name', ${name}) FROM ${table} x WHERE x.id = (${id})::uuid)`;
const refs = (table: string, ids: string, where = 'true', limit = 200): string =>
  `COALESCE((SELECT jsonb_agg(jsonb_build_object('id', y.id, 'name', y.name)) FROM (SELECT x.id, x.name FROM ${table} x
     WHERE x.id IN (SELECT jsonb_array_elements_text(${ids})::uuid) AND ${where} ORDER BY x.name, x.id LIMIT ${limit}) y), '[]')`;

const rowColumns = (now: string): string => `p.*,
  (SELECT min(o."plannedAt") FROM planned_occurrence o WHERE o."plannedId" = p.id AND o."plannedAt" >= ${now} AND o.state = 'planned') AS "nextPlannedAt",
  (SELECT count(*)::int FROM planned_occurrence o WHERE o."plannedId" = p.id AND o.state = 'planned' AND o."plannedAt" =
     (SELECT min(n."plannedAt") FROM planned_occurrence n WHERE n."plannedId" = p.id AND n."plannedAt" >= ${now} AND n.state = 'planned')) AS "nextCount",
  (SELECT max(o."plannedAt") FROM planned_occurrence o WHERE o."plannedId" = p.id AND o."plannedAt" < ${now} AND o.state = 'created') AS "lastAt",
  (SELECT count(*)::int FROM planned_occurrence o WHERE o."plannedId" = p.id AND o.state = 'failed') AS failed,
  ${ref('employee', `p.ticket->>'assigneeId'`)} AS assignee, ${ref('team', `p.ticket->>'teamId'`)} AS team`;

/** Plans as lists show them; `now` is a parameter's place. */
export const selectPlans = (now: string): string => `SELECT ${rowColumns(`${now}::timestamptz`)} FROM planned_ticket p`;

/** Plans with every name. */
export function selectPlanCards(ctx: Ctx, params: SqlParams): string {
  const now = `${params.add(ctx.now())}::timestamptz`;
  const locale = ctx.locale === 'en' ? 'en' : 'ru';
  const sees = visibleObjects(ctx.actor, params, 'x');
  return `SELECT ${rowColumns(now)},
    jsonb_build_object('type', ${ref('ticket_type', `p.ticket->>'typeId'`, `x.name->>'${locale}'`)},
      'priority', ${ref('priority', `p.ticket->>'priorityId'`, `x.name->>'${locale}'`)},
      'company', ${ref('company', `p.ticket->>'companyId'`)}, 'contact', ${ref('contact', `p.ticket->>'contactId'`)},
      'calendar', ${ref('work_calendar', 'p."calendarId"')}, 'checklistTemplate', ${ref('checklist_template', 'p."checklistTemplateId"')}) AS names,
    ${refs('service_object', `p.objects->'ids'`, sees)} AS listed, ${refs('company', `p.objects->'companyIds'`)} AS companies,
    ${refs('company_category', `p.objects->'categoryIds'`)} AS categories, ${refs('service_object', `p.objects->'underIds'`, sees)} AS under
    FROM planned_ticket p`;
}
