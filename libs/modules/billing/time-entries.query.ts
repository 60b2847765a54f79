import { covered, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { BillingPermission, seesAllTime } from './billing.access';
import type { FilterTimeEntries } from './time-entries.dto';
import type { TimeSettings } from './time-settings.entity';

const SOURCE = `FROM time_entry e JOIN ticket t ON t.id = e."ticketId" JOIN employee p ON p.id = e."employeeId"
  LEFT JOIN employee c ON c.id = e."createdById"`;

/** Whether the ticket of alias `t` may be shown to the reader. */
const shown = (ctx: Ctx, params: SqlParams): string =>
  `COALESCE(t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}, false)`;

/** Own entries always; others' where one sees the ticket and may read time. */
export function visibleEntries(ctx: Ctx, params: SqlParams): string {
  const { actor } = ctx;
  if (actor.kind === 'system') return 'true';
  const own = `e."employeeId" = ${params.add(actor.id)}::uuid`;
  return seesAllTime(actor) ? `(${own} OR ${shown(ctx, params)})` : own;
}

/** Whether the reader may change the entry: one's own inside the window, everybody's with that right; never in a closed period. */
function editable(ctx: Ctx, { editWindowHours, lockedUntil }: TimeSettings, params: SqlParams): string {
  const { actor } = ctx;
  if (actor.kind === 'system') return 'true';
  const me = `${params.add(actor.id)}::uuid`;
  const window =
    editWindowHours === null
      ? 'true'
      : `e."createdAt" >= ${params.add(new Date(ctx.now().getTime() - editWindowHours * 3_600_000))}::timestamptz`;
  const open = lockedUntil === null ? 'true' : `e."workedOn" > ${params.add(lockedUntil)}::date`;
  const own = `((e."employeeId" = ${me} OR e."createdById" = ${me}) AND ${window})`;
  return `COALESCE(${open} AND ${shown(ctx, params)} AND (${own} OR ${covered(actor, BillingPermission.edit_any, params)}), false)`;
}

/** The SELECT and FROM of entries; conditions follow. */
export function selectEntries(ctx: Ctx, settings: TimeSettings, params: SqlParams): string {
  return `SELECT e.id, e."ticketId", t.number AS "ticketNumber", t.subject AS "ticketSubject", ${shown(ctx, params)} AS "isTicketShown",
    e."employeeId", p.name AS "employeeName", to_char(e."workedOn", 'YYYY-MM-DD') AS "workedOn", e."startedAt", e.seconds, e.comment, e.source,
    e."createdById", c.name AS "createdByName", e."createdAt", e."updatedAt", e.version, ${editable(ctx, settings, params)} AS "canEdit" ${SOURCE}`;
}

const PATTERN = /[\\%_]/g;

/** The conditions of a list: what the reader may see and what he asks for. */
export function entryConditions(
  ctx: Ctx,
  { from, to, employeeId, companyId, q }: FilterTimeEntries,
  params: SqlParams,
): string[] {
  const where = ['e."deletedAt" IS NULL', visibleEntries(ctx, params)];
  if (from) where.push(`e."workedOn" >= ${params.add(from)}::date`);
  if (to) where.push(`e."workedOn" <= ${params.add(to)}::date`);
  if (employeeId) where.push(`e."employeeId" = ${params.add(employeeId)}::uuid`);
  // Whose ticket is not shown is not found by what it says, either.
  if (companyId) where.push(`(t."companyId" = ${params.add(companyId)}::uuid AND ${shown(ctx, params)})`);
  if (q) {
    const like = `${params.add(`%${q.replace(PATTERN, '\\$&')}%`)}::text`;
    const ofTicket = `((t.subject ILIKE ${like} OR t.number::text = ${params.add(q)}::text) AND ${shown(ctx, params)})`;
    where.push(`(e.comment ILIKE ${like} OR ${ofTicket})`);
  }
  return where;
}

/** SQL of the sums by person, by day and over all in one pass. */
export const totalsSql = (where: string[]): string =>
  `SELECT grouping(e."employeeId", e."workedOn") AS kind, e."employeeId" AS id, p.name, to_char(e."workedOn", 'YYYY-MM-DD') AS day,
     sum(e.seconds)::int AS seconds, count(*)::int AS entries ${SOURCE}
   WHERE ${where.join(' AND ')} GROUP BY GROUPING SETS ((), (e."employeeId", p.name), (e."workedOn")) ORDER BY seconds DESC, day DESC`;

export type TotalsRow = {
  kind: number;
  id: string | null;
  name: string | null;
  day: string | null;
  seconds: number | null;
  entries: number;
};
