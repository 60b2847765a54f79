import { Injectable } from '@nestjs/common';
import { OPEN_CATEGORIES, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { PlanFilling } from './plan-filling.service';
import { PlannedOccurrence, PlannedTicket } from './planned-ticket.entity';
import type {
  GroupRow,
  MoveOccurrence,
  OccurrenceFilter,
  OccurrenceRow,
  SkipOccurrence,
} from './planned-occurrences.dto';
import { PlanningPermission, visibleOccurrences } from './planning.access';
import { PlanningError } from './planning.errors';

const DAY = 86_400_000;
const LONGEST = 400 * DAY;
const OPEN = OPEN_CATEGORIES.map((category) => `'${category}'`).join(', ');
const JOINS = `FROM planned_occurrence o JOIN planned_ticket p ON p.id = o."plannedId" LEFT JOIN service_object so ON so.id = o."objectId"
  LEFT JOIN company c ON c.id = o."companyId"`;

/** SQL: the state as people see it, over `o` and its ticket `w` whoever may see it. */
const shownState = (now: string): string => `CASE WHEN o.state = 'created' THEN
    CASE WHEN w.id IS NULL OR w."deletedAt" IS NOT NULL OR w."statusCategory" NOT IN (${OPEN}) THEN 'done'
      WHEN o."plannedAt" < ${now} THEN 'overdue' ELSE 'created' END
  WHEN o.state = 'planned' AND o."plannedAt" < ${now} THEN 'overdue' ELSE o.state END`;

/** Dates of plans: shown, moved, left out. */
@Injectable()
export class PlannedOccurrences {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly filling: PlanFilling,
  ) {}

  async list(ctx: Ctx, query: OccurrenceFilter): Promise<Page<OccurrenceRow>> {
    const after = decodeCursor(query.cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const now = `${params.add(ctx.now())}::timestamptz`;
    const where = this.where(ctx, query, params, now);
    if (after)
      where.push(`(o."plannedAt", o.id) > (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<OccurrenceRow>(
      ctx,
      `SELECT ${columns(ctx, params, now)} ${JOINS} LEFT JOIN ticket w ON w.id = o."ticketId"
       WHERE ${where.join(' AND ')} ORDER BY o."plannedAt", o.id LIMIT ${params.add(query.limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, query.limit, ({ at, id }) => keyset(at, id));
  }

  /** Dates of one plan at one moment together, as a calendar shows them. */
  async calendar(ctx: Ctx, query: OccurrenceFilter): Promise<Page<GroupRow>> {
    const after = decodeCursor(query.cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const now = `${params.add(ctx.now())}::timestamptz`;
    const where = this.where(ctx, query, params, now);
    if (after)
      where.push(
        `(o."plannedAt", o."plannedId") > (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`,
      );
    const count = (state: string, name: string): string =>
      `count(*) FILTER (WHERE s.shown = '${state}')::int AS "${name}"`;
    const rows = await this.db.query<GroupRow & { plannedId: string }>(
      ctx,
      `WITH s AS (SELECT o.*, p.name AS "planName", p.rule->>'timeZone' AS "timeZone", ${shownState(now)} AS shown
         ${JOINS} LEFT JOIN ticket w ON w.id = o."ticketId" WHERE ${where.join(' AND ')}),
       g AS (SELECT s."plannedId", s."plannedAt" AS at, min(s."planName") AS name, min(s."timeZone") AS "timeZone", count(*)::int AS total,
         (array_agg(s.id ORDER BY s.id))[1] AS first, min(s."shiftedFrom") AS "shiftedFrom", ${count('planned', 'countPlanned')},
         ${count('created', 'countCreated')}, ${count('overdue', 'countOverdue')}, ${count('done', 'countDone')},
         ${count('skipped', 'countSkipped')}, ${count('failed', 'countFailed')}
         FROM s GROUP BY s."plannedId", s."plannedAt" ORDER BY s."plannedAt", s."plannedId" LIMIT ${params.add(query.limit + 1)})
       SELECT g.*, g.first AS "occurrenceId", jsonb_build_object('id', g."plannedId", 'name', g.name) AS planned,
         CASE WHEN g.total = 1 AND so.id IS NOT NULL THEN jsonb_build_object('id', so.id, 'name', so.name) END AS object,
         CASE WHEN g.total = 1 THEN ${ticketRef(ctx, params)} END AS ticket
       FROM g JOIN planned_occurrence o ON o.id = g.first LEFT JOIN service_object so ON so.id = o."objectId" ORDER BY g.at, g."plannedId"`,
      params.values,
    );
    return pageOfRows(rows, query.limit, ({ at, plannedId }) => keyset(at, plannedId));
  }

  async get(ctx: Ctx, id: string): Promise<OccurrenceRow> {
    const params = new SqlParams();
    const now = `${params.add(ctx.now())}::timestamptz`;
    const [row] = await this.db.query<OccurrenceRow>(
      ctx,
      `SELECT ${columns(ctx, params, now)} ${JOINS} LEFT JOIN ticket w ON w.id = o."ticketId"
       WHERE o.id = ${params.add(id)}::uuid AND ${visibleOccurrences(ctx.actor, params, PlanningPermission.read)}`,
      params.values,
    );
    return row ?? raise(PlanningError.occurrenceNotFound());
  }

  /** Leaves dates out. Answers how many. */
  skip(ctx: Ctx, id: string, { reason, withGroup = false }: SkipOccurrence): Promise<number> {
    return this.change(ctx, id, withGroup, async (ctx, ids, plan) => {
      await this.db.query(
        ctx,
        `UPDATE planned_occurrence SET state = 'skipped', "skipKind" = 'person', reason = $2, "decidedById" = $3, "nextAt" = NULL, "settledAt" = $4 WHERE id = ANY($1::uuid[])`,
        [ids, reason, doer(ctx), ctx.now()],
      );
      if (plan.rule.afterDone) await this.filling.follow(ctx, plan);
    });
  }

  /** Puts dates on another day; their tickets are made as long before as those of the others. */
  move(ctx: Ctx, id: string, { to, reason, withGroup = false }: MoveOccurrence): Promise<number> {
    const at = new Date(to);
    if (at < ctx.now()) throw fieldProblem('/to', 'planning.datePast');
    return this.change(ctx, id, withGroup, async (ctx, ids, plan) => {
      const due = new Date(at.getTime() - plan.leadSeconds * 1000);
      await this.db.query(
        ctx,
        `UPDATE planned_occurrence SET state = 'planned', "plannedAt" = $2, "dueAt" = $3, "nextAt" = $4, reason = $5, "decidedById" = $6, attempts = 0 WHERE id = ANY($1::uuid[])`,
        [ids, at, due, plan.isActive ? due : null, reason, doer(ctx)],
      );
    });
  }

  /** Takes a person's decision back: the date is planned again, on the rule's day. */
  restore(ctx: Ctx, id: string): Promise<OccurrenceRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { row, plan } = await this.hold(ctx, id);
      if (row.state !== 'skipped' || row.skipKind !== 'person') throw PlanningError.notSkipped();
      if (row.ruleAt < ctx.now()) throw fieldProblem('', 'planning.datePast');
      const due = new Date(row.ruleAt.getTime() - plan.leadSeconds * 1000);
      await this.db.query(
        ctx,
        `UPDATE planned_occurrence SET state = 'planned', "skipKind" = NULL, reason = NULL, "decidedById" = NULL, "settledAt" = NULL,
           "plannedAt" = "ruleAt", "dueAt" = $2, "nextAt" = $3 WHERE id = $1`,
        [id, due, plan.isActive ? due : null],
      );
      this.touch(ctx);
      return this.get(ctx, id);
    });
  }

  /** Another try at a ticket that could not be made. */
  retry(ctx: Ctx, id: string): Promise<OccurrenceRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { row } = await this.hold(ctx, id);
      if (row.state !== 'failed' && !row.attempts) throw PlanningError.notFailed();
      await this.db.query(
        ctx,
        `UPDATE planned_occurrence SET state = 'planned', attempts = 0, "nextAt" = $2 WHERE id = $1`,
        [id, ctx.now()],
      );
      this.touch(ctx);
      return this.get(ctx, id);
    });
  }

  private change(
    ctx: Ctx,
    id: string,
    withGroup: boolean,
    work: (ctx: TxCtx, ids: string[], plan: PlannedTicket) => Promise<void>,
  ): Promise<number> {
    return this.db.tx(ctx, async (ctx) => {
      const { row, plan } = await this.hold(ctx, id);
      if (row.state !== 'planned' && row.state !== 'failed') throw PlanningError.alreadyMade();
      const params = new SqlParams();
      const others = await this.db.query<{ id: string }>(
        ctx,
        `SELECT o.id FROM planned_occurrence o JOIN planned_ticket p ON p.id = o."plannedId" WHERE o."plannedId" = ${params.add(plan.id)}::uuid AND o."plannedAt" = ${params.add(row.plannedAt)}
           AND o.state IN ('planned', 'failed') AND ${visibleOccurrences(ctx.actor, params, PlanningPermission.manage)} ORDER BY o.id FOR UPDATE OF o`,
        params.values,
      );
      const ids = withGroup ? others.map((other) => other.id) : [id];
      await work(ctx, ids, plan);
      this.touch(ctx);
      return ids.length;
    });
  }

  /** The date and its plan, both locked: 404 where one may not change it. */
  private async hold(ctx: TxCtx, id: string): Promise<{ row: PlannedOccurrence; plan: PlannedTicket }> {
    const params = new SqlParams();
    const [seen] = await this.db.query<{ plannedId: string }>(
      ctx,
      `SELECT o."plannedId" FROM planned_occurrence o JOIN planned_ticket p ON p.id = o."plannedId"
       WHERE o.id = ${params.add(id)}::uuid AND ${visibleOccurrences(ctx.actor, params, PlanningPermission.manage)}`,
      params.values,
    );
    const plan = seen && (await this.filling.lock(ctx, seen.plannedId));
    const lock = { mode: 'pessimistic_write' as const };
    const row = plan && (await this.db.repo(ctx, PlannedOccurrence).findOne({ where: { id }, lock }));
    return row ? { row, plan } : raise(PlanningError.occurrenceNotFound());
  }

  private where(ctx: Ctx, query: OccurrenceFilter, params: SqlParams, now: string): string[] {
    const { from, to, plannedId, objectId, companyId, assigneeId, teamId, states } = query;
    if (Date.parse(to) - Date.parse(from) > LONGEST) throw fieldProblem('/to', 'planning.spanTooLong');
    const id = (value: string): string => `${params.add(value)}::uuid`;
    const where = [
      `o."plannedAt" >= ${params.add(from)}::timestamptz AND o."plannedAt" < ${params.add(to)}::timestamptz`,
      visibleOccurrences(ctx.actor, params, PlanningPermission.read),
    ];
    if (plannedId) where.push(`o."plannedId" = ${id(plannedId)}`);
    if (objectId) where.push(`so.path && ARRAY[${id(objectId)}]`);
    if (companyId) where.push(`o."companyId" = ${id(companyId)}`);
    if (assigneeId)
      where.push(
        `COALESCE(CASE WHEN w.id IS NOT NULL THEN w."assigneeId"::text ELSE p.ticket->>'assigneeId' END, '') = ${params.add(assigneeId.toLowerCase())}::text`,
      );
    if (teamId)
      where.push(
        `COALESCE(CASE WHEN w.id IS NOT NULL THEN w."teamId"::text ELSE p.ticket->>'teamId' END, '') = ${params.add(teamId.toLowerCase())}::text`,
      );
    if (states?.length) where.push(`${shownState(now)} = ANY(${params.add(states)}::text[])`);
    return where;
  }

  private touch(ctx: Ctx): void {
    this.live.touch(ctx, ['planned-tickets'], 'staff');
  }
}

const doer = (ctx: Ctx): string | null => (ctx.actor.kind === 'employee' ? ctx.actor.id : null);

/** SQL: the ticket of `o`, for whoever may see it. */
const ticketRef = (ctx: Ctx, params: SqlParams): string =>
  `(SELECT jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject, 'statusName', s.name->>'${ctx.locale === 'en' ? 'en' : 'ru'}', 'statusColor', s.color)
    FROM ticket t JOIN ticket_status s ON s.id = t."statusId" WHERE t.id = o."ticketId" AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)})`;

const columns = (
  ctx: Ctx,
  params: SqlParams,
  now: string,
): string => `o.id, jsonb_build_object('id', p.id, 'name', p.name) AS planned,
  CASE WHEN so.id IS NOT NULL THEN jsonb_build_object('id', so.id, 'name', so.name) END AS object,
  CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'name', c.name) END AS company,
  o."plannedAt" AS at, o."ruleAt", o."shiftedFrom", o."shiftedWhy", o."dueAt" AS "createAt", ${shownState(now)} AS state, o."skipKind", o.reason,
  p.rule->>'timeZone' AS "timeZone", ${ticketRef(ctx, params)} AS ticket`;
