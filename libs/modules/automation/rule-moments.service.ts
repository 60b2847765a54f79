import { CompiledCalendars, due } from '@opora/modules/sla';
import { Clock, type Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { Handles, Jobs, Lookout, type PayloadOf, Workers } from '@opora/platform/events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { RuleBook, type RuleOf } from './rule-book.service';
import { ArmRule, RuleDue, RunRuleSchedule } from './rule-jobs';
import { nextTime } from './rule-recurrence';
import { RULE_MOMENTS, type RuleMomentName, type ScheduleTrigger, type TimeTrigger } from './rule-trigger';

const BATCH = 500;
const ARMED_TOGETHER = 500;
/** A new rule looks back no further: what waits longer by working hours is not met by chance. */
const LOOK_BACK_MS = 90 * 86_400_000;

type TimedRule = RuleOf<TimeTrigger>;
type Bases = { id: string } & Partial<Record<RuleMomentName, Date | null>>;

/**
 * Moments at which rules of time look at tickets: in the database under an index, told once, however many processes work and whatever
 * dies. They follow the ticket: each change of it works its moments out anew.
 */
@Injectable()
export class RuleMoments implements OnModuleInit, OnModuleDestroy {
  private readonly lookout = new Lookout({
    name: 'moments of rules',
    everyMs: 500,
    afterFailureMs: 2000,
    look: async (ctx) => (await this.tellBatch(ctx)) >= BATCH,
  });

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly book: RuleBook,
    private readonly calendars: CompiledCalendars,
    private readonly workers: Workers,
  ) {}

  onModuleInit(): void {
    this.workers.register(this.lookout);
  }

  onModuleDestroy(): Promise<void> {
    return this.lookout.stop();
  }

  /** Works out the moments of one ticket, after something has happened to it. */
  async arm(ctx: Ctx, ticketId: string): Promise<void> {
    const { timed } = await this.book.now(ctx);
    if (!timed.length) return;
    await this.db.tx(ctx, async (ctx) => {
      // Two changes at once: the one that looks last sees both.
      await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 614))`, [ticketId]);
      await this.armTickets(ctx, timed, 't.id = $1', [ticketId]);
    });
  }

  /** Works out the moments of every ticket for a new rule, in lots. */
  async armAll(ctx: TxCtx, ruleId: string): Promise<void> {
    await this.jobs.enqueue(ctx, ArmRule({ ruleId, after: null }));
  }

  @Handles(ArmRule)
  async armLot(ctx: Ctx, { ruleId, after }: PayloadOf<typeof ArmRule>): Promise<void> {
    const { timed } = await this.book.now(ctx);
    const rule = timed.find(({ id }) => id === ruleId);
    if (!rule) return;
    await this.db.tx(ctx, async (ctx) => {
      const base = RULE_MOMENTS[rule.trigger.moment];
      const since = new Date((rule.activeSince ?? ctx.now()).getTime() - LOOK_BACK_MS - rule.trigger.seconds * 1000);
      const rows = await this.db.query<{ id: string }>(
        ctx,
        `SELECT t.id FROM ticket t WHERE t."deletedAt" IS NULL AND t."updatedAt" > $1 AND ($2::uuid IS NULL OR t.id > $2) AND ${base} IS NOT NULL
         ORDER BY t.id LIMIT ${ARMED_TOGETHER}`,
        [since, after],
      );
      if (!rows.length) return;
      const ids = rows.map(({ id }) => id);
      await this.armTickets(ctx, [rule], 't.id = ANY($1::uuid[])', [ids]);
      if (rows.length === ARMED_TOGETHER)
        await this.jobs.enqueue(ctx, ArmRule({ ruleId, after: ids[ids.length - 1]! }));
    });
  }

  /** Moments of a rule that is off, gone or waits for something else now. */
  async forget(ctx: Ctx, ruleId: string): Promise<void> {
    await this.db.query(ctx, `DELETE FROM rule_moment WHERE "ruleId" = $1 AND "toldAt" IS NULL`, [ruleId]);
  }

  /** When the rule would look at the ticket; null when never. */
  async dueOf(ctx: Ctx, trigger: TimeTrigger, ticketId: string): Promise<Date | null> {
    const [row] = await this.db.query<{ base: Date | null }>(
      ctx,
      `SELECT ${RULE_MOMENTS[trigger.moment]} AS base FROM ticket t WHERE t.id = $1 AND t."deletedAt" IS NULL`,
      [ticketId],
    );
    if (!row?.base) return null;
    return (await this.ends(ctx, [trigger]))(trigger, row.base);
  }

  /** Tells everything that is due until nothing is; answers how much it was. */
  async tellDue(ctx: Ctx): Promise<number> {
    for (let count = 0; ;) {
      const told = await this.tellBatch(ctx);
      if (!told) return count;
      count += told;
    }
  }

  private async armTickets(ctx: TxCtx, rules: readonly TimedRule[], where: string, values: unknown[]): Promise<void> {
    const names = [...new Set(rules.map(({ trigger }) => trigger.moment))].sort();
    const columns = names.map((name) => `${RULE_MOMENTS[name]} AS ${name}`);
    const rows = await this.db.query<Bases>(
      ctx,
      `SELECT ${['t.id', ...columns].join(', ')} FROM ticket t WHERE ${where} AND t."deletedAt" IS NULL AND t."mergedIntoId" IS NULL`,
      values,
    );
    const end = await this.ends(
      ctx,
      rules.map(({ trigger }) => trigger),
    );
    const moments = rows.flatMap((row) =>
      rules.flatMap(({ id: ruleId, trigger, activeSince }) => {
        const baseAt = row[trigger.moment] ?? null;
        const dueAt = baseAt && end(trigger, baseAt);
        return dueAt && (!activeSince || dueAt >= activeSince)
          ? [{ id: newId(), ruleId, ticketId: row.id, baseAt, dueAt }]
          : [];
      }),
    );
    const lists = [
      rules.map(({ id }) => id),
      moments.map((m) => m.ruleId),
      moments.map((m) => m.ticketId),
      moments.map((m) => m.baseAt),
    ];
    await this.db.query(
      ctx,
      `DELETE FROM rule_moment m USING ticket t WHERE ${where} AND m."ticketId" = t.id AND m."toldAt" IS NULL AND m."ruleId" = ANY($2::uuid[])
         AND NOT EXISTS (SELECT 1 FROM unnest($3::uuid[], $4::uuid[], $5::timestamptz[]) AS k("ruleId", "ticketId", "baseAt")
                         WHERE k."ruleId" = m."ruleId" AND k."ticketId" = m."ticketId" AND k."baseAt" = m."baseAt")`,
      [...values, ...lists],
    );
    if (!moments.length) return;
    await this.db.query(
      ctx,
      `INSERT INTO rule_moment (id, "ruleId", "ticketId", "baseAt", "dueAt")
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])
       ON CONFLICT ("ticketId", "ruleId", "baseAt") DO UPDATE SET "dueAt" = EXCLUDED."dueAt" WHERE rule_moment."toldAt" IS NULL AND rule_moment."dueAt" <> EXCLUDED."dueAt"`,
      [moments.map((m) => m.id), ...lists.slice(1), moments.map((m) => m.dueAt)],
    );
  }

  /** The end of a wait, by the calendars as they are now. */
  private async ends(
    ctx: Ctx,
    triggers: readonly TimeTrigger[],
  ): Promise<(trigger: TimeTrigger, base: Date) => Date | null> {
    const ids = triggers.flatMap(({ calendarId }) => calendarId ?? []);
    const calendars = await this.calendars.current(ctx, ids);
    return ({ seconds, calendarId }, base) => {
      if (!calendarId) return new Date(base.getTime() + seconds * 1000);
      const known = calendars.get(calendarId);
      const end = known ? due(known.calendar, base.getTime(), seconds * 1000) : null;
      return end === null ? null : new Date(end);
    };
  }

  /** Takes what is due and hands it to the outbox in the same transaction. */
  private tellBatch(ctx: Ctx): Promise<number> {
    return this.db.tx(ctx, async (ctx) => {
      const now = Clock.now();
      const rows = await this.db.prepared<{ id: string; ruleId: string; ticketId: string; baseAt: Date }>(
        ctx,
        `UPDATE rule_moment SET "toldAt" = $1 WHERE id IN (SELECT id FROM rule_moment WHERE "toldAt" IS NULL AND "dueAt" <= $1
           ORDER BY "dueAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING id, "ruleId", "ticketId", "baseAt"`,
        [now],
      );
      for (const { id, ruleId, ticketId, baseAt } of rows)
        await this.jobs.enqueue(ctx, RuleDue({ ruleId, ticketId, eventId: id, baseAt: baseAt.toISOString() }));
      return rows.length + (await this.tellSchedules(ctx, now));
    });
  }

  /** After downtime a schedule runs once, not for each time it missed. */
  private async tellSchedules(ctx: TxCtx, now: Date): Promise<number> {
    const rows = await this.db.prepared<{ id: string; trigger: ScheduleTrigger; nextAt: Date }>(
      ctx,
      `SELECT id, trigger, "nextAt" FROM rule WHERE "nextAt" IS NOT NULL AND "nextAt" <= $1 ORDER BY "nextAt" LIMIT 50 FOR UPDATE SKIP LOCKED`,
      [now],
    );
    for (const { id, trigger, nextAt } of rows) {
      await this.jobs.enqueue(ctx, RunRuleSchedule({ ruleId: id, at: nextAt.toISOString(), after: null }));
      await this.db.query(ctx, 'UPDATE rule SET "nextAt" = $2 WHERE id = $1', [id, nextTime(trigger, now)]);
    }
    return rows.length;
  }
}
