import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { Live } from '@opora/platform/live';
import { MAX_OBJECTS, planRowsSql } from './plan-objects';
import { PlanSchedules, type PlanSchedule } from './plan-schedules.service';
import type { PlannedDate } from './planned-dates';
import { PlannedTicket } from './planned-ticket.entity';

const DAY = 86_400_000;
/** Dates are laid out so far ahead. */
export const AHEAD_DAYS = 60;
/** At most so many rows of one plan ahead: a plan for thousands of objects is laid out for fewer days. */
const MOST_ROWS = 50_000;

/** SQL: the same object, or both none; unlike IS NOT DISTINCT FROM it can be hashed. */
const same = (one: string, other: string): string => {
  const key = (alias: string): string => `COALESCE(${alias}."objectId", '00000000-0000-0000-0000-000000000000')`;
  return `${key(one)} = ${key(other)}`;
};

export type PlanChanges = { added: number; removed: number; kept: number; made: number; until: Date | null };
type Chain = {
  objectId: string | null;
  companyId: string | null;
  state: string | null;
  plannedAt: Date | null;
  doneAt: Date | null;
  isGone: boolean;
};

/** Lays out the dates of plans ahead of time, one row for each object; what is there is never there twice. */
@Injectable()
export class PlanFilling {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly schedules: PlanSchedules,
  ) {}

  /** Locks a plan and lays out what is missing; only where time or its objects have moved on, unless `isForced`. */
  async fill(ctx: Ctx, id: string, { isForced = false } = {}): Promise<number> {
    return this.db.tx(ctx, async (ctx) => {
      const plan = await this.lock(ctx, id);
      if (!plan || plan.archivedAt || !plan.isActive) return 0;
      const mark = await this.markOf(ctx, plan);
      const isFilled = plan.filledUntil && plan.filledUntil.getTime() > ctx.now().getTime() + (AHEAD_DAYS - 1) * DAY;
      if (!isForced && isFilled && mark === plan.objectsMark && !plan.rule.afterDone) return 0;
      return this.lay(ctx, plan, mark);
    });
  }

  /** After a change of the rule: dates to come without a ticket are laid out anew; what was made, and what people decided, stays. */
  async refill(ctx: TxCtx, plan: PlannedTicket): Promise<void> {
    const schedule = await this.schedules.schedule(ctx, plan);
    const now = ctx.now();
    const kept = plan.rule.afterDone ? [] : this.ahead(plan, schedule, now, now).dates.map(({ at }) => new Date(at));
    await this.db.query(
      ctx,
      `DELETE FROM planned_occurrence WHERE "plannedId" = $1 AND "plannedAt" > $2 AND (state IN ('planned', 'failed') OR (state = 'skipped' AND "skipKind" = 'person'))
         AND ("decidedById" IS NULL OR NOT "ruleAt" = ANY($3::timestamptz[]))`,
      [plan.id, now, kept],
    );
    plan.filledUntil = null;
    if (plan.isActive) await this.lay(ctx, plan, await this.markOf(ctx, plan), { isChanged: true });
    else await this.db.repo(ctx, PlannedTicket).update({ id: plan.id }, { filledUntil: null, objectsMark: '' });
  }

  /** What `refill` would do, counted and not done. `before` is the kept plan, if there is one. */
  async changes(ctx: Ctx, plan: PlannedTicket, before: PlannedTicket | null): Promise<PlanChanges> {
    const schedule = await this.schedules.schedule(ctx, plan);
    const params = new SqlParams();
    const now = ctx.now();
    const rows = planRowsSql(plan, params);
    const objects = await this.count(ctx, plan);
    const { dates, until } = this.ahead(plan, schedule, now, now, objects);
    const first = plan.rule.afterDone ? [this.schedules.first(schedule, now.getTime())] : dates;
    const ats = `unnest(${params.add(first.map(({ at }) => new Date(at)))}::timestamptz[])`;
    const [counted] = await this.db.query<Omit<PlanChanges, 'until'>>(
      ctx,
      `WITH wanted AS (SELECT r."objectId", d.at FROM (${rows}) r CROSS JOIN ${ats} AS d(at)),
         present AS (SELECT * FROM planned_occurrence WHERE "plannedId" = ${params.add(before?.id ?? null)}::uuid AND "plannedAt" > ${params.add(now)}),
         matched AS (SELECT p.id FROM present p JOIN wanted w ON ${same('w', 'p')} AND w.at = p."ruleAt")
       SELECT (SELECT count(*)::int FROM wanted) - (SELECT count(*)::int FROM matched) AS added,
         (SELECT count(*)::int FROM present p WHERE p.state IN ('planned', 'failed') AND NOT EXISTS (SELECT 1 FROM matched m WHERE m.id = p.id)) AS removed,
         (SELECT count(*)::int FROM matched) AS kept,
         (SELECT count(*)::int FROM planned_occurrence WHERE "plannedId" = ${params.add(before?.id ?? null)}::uuid AND state = 'created') AS made`,
      params.values,
    );
    return { ...counted!, until: plan.rule.afterDone ? null : until };
  }

  /** Goes on with the chains of «days after the last done»: all of the plan's objects, or one. */
  async follow(ctx: TxCtx, plan: PlannedTicket, only?: { objectId: string | null }): Promise<number> {
    const schedule = await this.schedules.schedule(ctx, plan);
    const params = new SqlParams();
    const rows = planRowsSql(plan, params);
    const one = only ? `WHERE r."objectId" IS NOT DISTINCT FROM ${params.add(only.objectId)}::uuid` : '';
    const chains = await this.db.query<Chain>(
      ctx,
      `SELECT r."objectId", r."companyId", l.state, l."plannedAt", COALESCE(t."solvedAt", t."closedAt") AS "doneAt",
         (l."ticketId" IS NOT NULL AND (t.id IS NULL OR t."deletedAt" IS NOT NULL)) AS "isGone"
       FROM (${rows}) r LEFT JOIN LATERAL (SELECT * FROM planned_occurrence o WHERE o."plannedId" = ${params.add(plan.id)}::uuid
         AND ${plan.objects.mode !== 'none' && plan.fanOut === 'one_each' ? 'o."objectId" = r."objectId"' : 'o."objectId" IS NULL'} ORDER BY o."plannedAt" DESC, o.id DESC LIMIT 1) l ON true
       LEFT JOIN ticket t ON t.id = l."ticketId" ${one}`,
      params.values,
    );
    const next = chains.flatMap((chain) => {
      const date = this.nextOf(ctx, schedule, chain);
      return date && date.at < schedule.until ? [{ ...chain, date }] : [];
    });
    return this.insert(ctx, plan, next);
  }

  private nextOf(ctx: Ctx, schedule: PlanSchedule, { state, plannedAt, doneAt, isGone }: Chain): PlannedDate | null {
    if (state === null) return this.schedules.first(schedule, ctx.now().getTime());
    if (state === 'planned' || state === 'failed') return null;
    // Skipped, or its ticket thrown away: as if it had been done on its day, and not before today.
    const since =
      state === 'skipped' || isGone ? Math.max(plannedAt!.getTime(), ctx.now().getTime()) : doneAt?.getTime();
    return since === undefined ? null : this.schedules.after(schedule, since);
  }

  private async lay(ctx: TxCtx, plan: PlannedTicket, mark: string, { isChanged = false } = {}): Promise<number> {
    const now = ctx.now();
    await this.leave(ctx, plan);
    let count: number;
    let filledUntil: Date | null = null;
    if (plan.rule.afterDone) count = await this.follow(ctx, plan);
    else {
      const schedule = await this.schedules.schedule(ctx, plan);
      const from = plan.filledUntil && plan.filledUntil < now ? plan.filledUntil : now;
      const { dates, until } = this.ahead(plan, schedule, from, now, await this.count(ctx, plan));
      count = await this.insertAll(ctx, plan, dates, isChanged);
      filledUntil = until;
    }
    await this.db.repo(ctx, PlannedTicket).update({ id: plan.id }, { filledUntil, objectsMark: mark });
    if (count) this.live.touch(ctx, ['planned-tickets'], 'staff');
    return count;
  }

  /** The dates to lay out, and until when they are all of them. */
  private ahead(
    plan: PlannedTicket,
    schedule: PlanSchedule,
    from: Date,
    now: Date,
    objects = 1,
  ): { dates: PlannedDate[]; until: Date } {
    const end = new Date(now.getTime() + AHEAD_DAYS * DAY + plan.leadSeconds * 1000);
    const most = Math.max(1, Math.floor(MOST_ROWS / Math.max(1, objects)));
    const start = Math.max(from.getTime(), plan.since.getTime());
    const { dates } = this.schedules.dates(schedule, { from: start, to: end.getTime(), count: most + 1 });
    const cut = dates[most];
    return { dates: dates.slice(0, most), until: cut ? new Date(cut.at) : end };
  }

  /** Objects that no longer belong take their dates to come with them. */
  private async leave(ctx: TxCtx, plan: PlannedTicket): Promise<void> {
    const params = new SqlParams();
    const rows = planRowsSql(plan, params);
    await this.db.query(
      ctx,
      `DELETE FROM planned_occurrence o WHERE o."plannedId" = ${params.add(plan.id)}::uuid AND o.state = 'planned' AND o."plannedAt" > ${params.add(ctx.now())}
         AND NOT EXISTS (SELECT 1 FROM (${rows}) r WHERE ${same('r', 'o')})`,
      params.values,
    );
  }

  private async insertAll(
    ctx: TxCtx,
    plan: PlannedTicket,
    dates: readonly PlannedDate[],
    isChanged: boolean,
  ): Promise<number> {
    if (!dates.length) return 0;
    const params = new SqlParams();
    const rows = planRowsSql(plan, params);
    const moments = (pick: (date: PlannedDate) => unknown, type: string): string =>
      `${params.add(dates.map(pick))}::${type}[]`;
    const days = dates.map(({ local }) => Math.floor(local / 86_400));
    const isAlone = (_: PlannedDate, index: number): boolean =>
      days[index - 1] !== days[index] && days[index + 1] !== days[index];
    const lead = `make_interval(secs => ${params.add(plan.leadSeconds)}::int)`;
    const zone = (): string => `${params.add(plan.rule.timeZone)}::text`;
    const id = `${params.add(plan.id)}::uuid`;
    // A day that has its ticket gets no second one because the rule was changed, unless the rule gives a day several.
    const made = isChanged
      ? `WITH made AS MATERIALIZED (SELECT m."objectId", (m."plannedAt" AT TIME ZONE ${zone()})::date AS day FROM planned_occurrence m
           WHERE m."plannedId" = ${id} AND m.state = 'created' AND m."plannedAt" > ${params.add(new Date(dates[0]!.at - DAY))}::timestamptz)`
      : '';
    const unmade = isChanged
      ? `WHERE NOT (d.alone AND EXISTS (SELECT 1 FROM made m WHERE ${same('m', 'r')} AND m.day = (d.at AT TIME ZONE ${zone()})::date))`
      : '';
    const inserted = await this.db.query(
      ctx,
      `${made} INSERT INTO planned_occurrence (id, "plannedId", "objectId", "companyId", "ruleAt", "plannedAt", "shiftedFrom", "shiftedWhy", "dueAt", "nextAt", state, attempts)
       SELECT gen_random_uuid(), ${id}, r."objectId", r."companyId", d.at, d.at, d.shifted, d.why, d.at - ${lead}, d.at - ${lead}, 'planned', 0
       FROM (${rows}) r CROSS JOIN unnest(${moments(({ at }) => new Date(at), 'timestamptz')},
         ${moments((date) => (date.shiftedFrom === null ? null : this.schedules.instant(date.shiftedFrom, plan.rule.timeZone)), 'timestamptz')},
         ${moments(({ why }) => why, 'text')}, ${params.add(dates.map(isAlone))}::boolean[]) AS d(at, shifted, why, alone) ${unmade}
       ON CONFLICT ("plannedId", "objectId", "ruleAt") DO NOTHING RETURNING 1`,
      params.values,
    );
    return inserted.length;
  }

  private async insert(
    ctx: TxCtx,
    plan: PlannedTicket,
    rows: readonly { objectId: string | null; companyId: string | null; date: PlannedDate }[],
  ): Promise<number> {
    if (!rows.length) return 0;
    const due = (date: PlannedDate): Date => new Date(date.at - plan.leadSeconds * 1000);
    const columns: [unknown[], string][] = [
      [rows.map(() => newId()), 'uuid'],
      [rows.map(({ objectId }) => objectId), 'uuid'],
      [rows.map(({ companyId }) => companyId), 'uuid'],
      [rows.map(({ date }) => new Date(date.at)), 'timestamptz'],
      [
        rows.map(({ date }) =>
          date.shiftedFrom === null ? null : this.schedules.instant(date.shiftedFrom, plan.rule.timeZone),
        ),
        'timestamptz',
      ],
      [rows.map(({ date }) => date.why), 'text'],
      [rows.map(({ date }) => due(date)), 'timestamptz'],
    ];
    const inserted = await this.db.query(
      ctx,
      `INSERT INTO planned_occurrence (id, "plannedId", "objectId", "companyId", "ruleAt", "plannedAt", "shiftedFrom", "shiftedWhy", "dueAt", "nextAt", state, attempts)
       SELECT n.id, $1, n.object, n.company, n.at, n.at, n.shifted, n.why, n.due, n.due, 'planned', 0
       FROM unnest(${columns.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ')}) AS n(id, object, company, at, shifted, why, due)
       ON CONFLICT ("plannedId", "objectId", "ruleAt") DO NOTHING RETURNING 1`,
      [plan.id, ...columns.map(([values]) => values)],
    );
    return inserted.length;
  }

  async count(ctx: Ctx, plan: Pick<PlannedTicket, 'objects' | 'reach' | 'fanOut' | 'ticket'>): Promise<number> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      `SELECT count(*)::int AS count FROM (${planRowsSql(plan, params)} LIMIT ${MAX_OBJECTS + 1}) r`,
      params.values,
    );
    return row?.count ?? 0;
  }

  /** Tells two sets of objects apart. */
  private async markOf(ctx: Ctx, plan: PlannedTicket): Promise<string> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ mark: string }>(
      ctx,
      `SELECT md5(COALESCE(string_agg(r."objectId"::text, ',' ORDER BY r."objectId"), '')) AS mark FROM (${planRowsSql(plan, params)}) r`,
      params.values,
    );
    return row!.mark;
  }

  async lock(ctx: TxCtx, id: string): Promise<PlannedTicket | null> {
    return this.db.repo(ctx, PlannedTicket).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}
