import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { type FieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, invalid, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { PlanFilling } from './plan-filling.service';
import { objectsOf, PlanReferences } from './plan-references.service';
import { PlanSchedules } from './plan-schedules.service';
import { selectPlanCards, selectPlans } from './planned-tickets.query';
import { PlannedTicket } from './planned-ticket.entity';
import type {
  CheckPlannedTicket,
  CreatePlannedTicket,
  ListPlannedTickets,
  UpdatePlannedTicket,
} from './planned-tickets.dto';
import type { PlanCard, PlanCheckView, PlanRow } from './planned-tickets.views.dto';
import { PlanningPermission, reachOf, visiblePlans } from './planning.access';
import { PlanningError } from './planning.errors';

const PATTERN = /[\\%_]/g;
const STATES = {
  active: `p."archivedAt" IS NULL AND p."isActive"`,
  paused: `p."archivedAt" IS NULL AND NOT p."isActive"`,
  archived: `p."archivedAt" IS NOT NULL`,
};
/** A rule that comes round more often is no plan of work: every hour on average. */
const MOST_OFTEN = 24 * 60 + 1;
/** What changes the dates of a plan, and not only its tickets. */
const DATE_FIELDS = ['rule', 'shift', 'calendarId', 'until', 'leadSeconds', 'objects', 'fanOut'] as const;

/** Plans of work: made, changed, paused, ended. */
@Injectable()
export class PlannedTickets {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly schedules: PlanSchedules,
    private readonly references: PlanReferences,
    private readonly filling: PlanFilling,
  ) {}

  async list(ctx: Ctx, { q, state, cursor, limit }: ListPlannedTickets): Promise<Page<PlanRow>> {
    const after = decodeCursor(cursor, ['text', 'uuid']);
    const params = new SqlParams();
    const where = [
      visiblePlans(ctx.actor, params, PlanningPermission.read),
      state ? STATES[state] : `p."archivedAt" IS NULL`,
    ];
    if (q) where.push(`p.name ILIKE ${params.add(`%${q.replace(PATTERN, '\\$&')}%`)}::text`);
    if (after) where.push(`(p.name, p.id) > (${params.add(after[0])}::text, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<PlanRow>(
      ctx,
      `${selectPlans(params.add(ctx.now()))} WHERE ${where.join(' AND ')} ORDER BY p.name, p.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ name, id }) => keyset(name, id));
  }

  async get(ctx: Ctx, id: string, permission = PlanningPermission.read): Promise<PlanCard> {
    const params = new SqlParams();
    const [row] = await this.db.query<PlanCard>(
      ctx,
      `${selectPlanCards(ctx, params)} WHERE p.id = ${params.add(id)}::uuid AND ${visiblePlans(ctx.actor, params, permission)}`,
      params.values,
    );
    if (!row) throw PlanningError.notFound();
    const { count } = await this.references.sample(ctx, row);
    return { ...row, objectCount: count };
  }

  create(ctx: Ctx, input: CreatePlannedTicket): Promise<PlanCard> {
    return this.db.tx(ctx, async (ctx) => {
      const plan = await this.draft(ctx, input);
      await this.db.repo(ctx, PlannedTicket).insert(plan as never);
      await this.filling.refill(ctx, plan);
      this.touch(ctx);
      return this.get(ctx, plan.id);
    });
  }

  update(ctx: Ctx, id: string, seen: number, input: UpdatePlannedTicket): Promise<PlanCard> {
    return this.db.tx(ctx, async (ctx) => {
      const before = await this.getForUpdate(ctx, id);
      if (before.version !== seen) throw PlanningError.changed({}, { version: before.version });
      const plan = await this.draft(ctx, input, before);
      plan.version = before.version + 1;
      const changed = DATE_FIELDS.some((field) => JSON.stringify(plan[field]) !== JSON.stringify(before[field]));
      if (changed) plan.since = ctx.now();
      await this.save(ctx, plan);
      if (changed) await this.filling.refill(ctx, plan);
      else await this.retryFailed(ctx, id);
      return this.get(ctx, id);
    });
  }

  /** While it is paused nothing is made; what passes meanwhile is left out when it goes on. */
  setActive(ctx: Ctx, id: string, isActive: boolean): Promise<PlanCard> {
    return this.db.tx(ctx, async (ctx) => {
      const plan = await this.getForUpdate(ctx, id);
      if (plan.isActive === isActive) return this.get(ctx, id);
      await this.save(ctx, Object.assign(plan, { isActive, version: plan.version + 1 }));
      const waiting = `"plannedId" = $1 AND state = 'planned'`;
      if (!isActive) {
        await this.db.query(ctx, `UPDATE planned_occurrence SET "nextAt" = NULL WHERE ${waiting}`, [id]);
        return this.get(ctx, id);
      }
      const now = ctx.now();
      await this.db.query(
        ctx,
        `UPDATE planned_occurrence SET state = 'skipped', "skipKind" = 'paused', "settledAt" = $2 WHERE ${waiting} AND "plannedAt" < $2`,
        [id, now],
      );
      await this.db.query(ctx, `UPDATE planned_occurrence SET "nextAt" = "dueAt" WHERE ${waiting}`, [id]);
      // What was never laid out because of the pause is not made up for either.
      plan.since = now;
      plan.filledUntil = null;
      await this.db.repo(ctx, PlannedTicket).update({ id }, { since: now, filledUntil: null });
      await this.filling.fill(ctx, id, { isForced: true });
      return this.get(ctx, id);
    });
  }

  /** Ends a plan: its dates to come go, its tickets stay. */
  archive(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const plan = await this.getForUpdate(ctx, id);
      await this.save(ctx, Object.assign(plan, { archivedAt: ctx.now(), version: plan.version + 1 }));
      await this.db.query(
        ctx,
        `DELETE FROM planned_occurrence WHERE "plannedId" = $1 AND state IN ('planned', 'failed')`,
        [id],
      );
    });
  }

  /** What saving would change, counted; nothing is written. */
  async check(ctx: Ctx, { id, ...input }: CheckPlannedTicket): Promise<PlanCheckView> {
    const before = id ? await this.visible(ctx, id, PlanningPermission.manage) : null;
    const whole = { name: '—', ticket: { subject: '—' }, ...given(input) };
    const plan = await this.draft(ctx, before ? input : (whole as CreatePlannedTicket), before ?? undefined);
    plan.since = ctx.now();
    const { until, ...changes } = await this.filling.changes(ctx, plan, before);
    return {
      objects: await this.references.sample(ctx, plan),
      changes: { ...changes, until: until?.toISOString() ?? null },
    };
  }

  /** The plan as it would be kept, or 422 with everything that is wrong with it. */
  private async draft(ctx: Ctx, input: UpdatePlannedTicket, before?: PlannedTicket): Promise<PlannedTicket> {
    const problems: FieldProblem[] = [];
    const plan = Object.assign(new PlannedTicket(), before ?? this.blank(ctx), given(input), { updatedAt: ctx.now() });
    plan.reach = reachOf(ctx.actor, PlanningPermission.manage);
    if (input.rule) {
      const read = await this.schedules.read(ctx, input.rule);
      plan.rule = read.rule;
      problems.push(...read.problems);
    } else if (!before) problems.push({ pointer: '/rule', code: 'planning.ruleRequired', message: '' });
    if (input.ticket) {
      const read = await this.references.content(ctx, input.ticket, before?.ticket);
      plan.ticket = read.ticket;
      problems.push(...read.problems);
    }
    if (input.until !== undefined) plan.until = input.until ? new Date(input.until) : null;
    if (input.objects) plan.objects = objectsOf(input.objects);
    problems.push(
      ...(await this.schedules.calendarProblems(ctx, { shift: plan.shift, calendarId: plan.calendarId } as never)),
    );
    problems.push(...(await this.references.problems(ctx, plan)));
    if (!problems.length)
      problems.push(...(await this.references.tooMany(ctx, plan)), ...(await this.tooOften(ctx, plan)));
    if (problems.length) throw invalid(problems);
    return plan;
  }

  private blank(ctx: Ctx): Partial<PlannedTicket> {
    const now = ctx.now();
    return {
      id: newId(),
      isActive: true,
      shift: 'none',
      calendarId: null,
      leadSeconds: 0,
      objects: objectsOf(undefined),
      reach: null,
      fanOut: 'one_each',
      checklistTemplateId: null,
      catchUp: 'all',
      until: null,
      since: now,
      filledUntil: null,
      objectsMark: '',
      version: 1,
      createdById: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
      createdAt: now,
      archivedAt: null,
    };
  }

  /** Dates of a minute or a second are no plan: they would drown the desk. */
  private async tooOften(ctx: Ctx, plan: PlannedTicket): Promise<FieldProblem[]> {
    if (plan.rule.afterDone) return [];
    const schedule = await this.schedules.schedule(ctx, plan);
    const from = ctx.now().getTime();
    const first = this.schedules.dates(schedule, { from, count: 1 }).dates[0]?.at ?? from;
    const { dates } = this.schedules.dates(schedule, {
      from: first,
      to: first + 60 * 86_400_000,
      count: MOST_OFTEN + 1,
    });
    return dates.length > MOST_OFTEN ? [{ pointer: '/rule/rrule', code: 'planning.tooOften', message: '' }] : [];
  }

  private async visible(ctx: Ctx, id: string, permission: string): Promise<PlannedTicket> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ id: string }>(
      ctx,
      `SELECT p.id FROM planned_ticket p WHERE p.id = ${params.add(id)}::uuid AND ${visiblePlans(ctx.actor, params, permission)}`,
      params.values,
    );
    if (!row) throw PlanningError.notFound();
    return this.db.repo(ctx, PlannedTicket).findOneByOrFail({ id });
  }

  private async getForUpdate(ctx: TxCtx, id: string): Promise<PlannedTicket> {
    await this.visible(ctx, id, PlanningPermission.manage);
    const plan = (await this.filling.lock(ctx, id)) ?? raise(PlanningError.notFound());
    if (plan.archivedAt) throw PlanningError.archived();
    return plan;
  }

  private async save(ctx: TxCtx, plan: PlannedTicket): Promise<void> {
    plan.updatedAt = ctx.now();
    await this.db.repo(ctx, PlannedTicket).save(plan);
    this.touch(ctx);
  }

  /** A plan that was mended gets another try. */
  private async retryFailed(ctx: TxCtx, id: string): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE planned_occurrence SET state = 'planned', attempts = 0, "nextAt" = "dueAt" WHERE "plannedId" = $1 AND (state = 'failed' OR (state = 'planned' AND attempts > 0))`,
      [id],
    );
  }

  private touch(ctx: Ctx): void {
    this.live.touch(ctx, ['planned-tickets'], 'staff');
  }
}

const given = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
