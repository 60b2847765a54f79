import type { Ctx } from '@opora/platform/context';
import { Clock } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Events, Lookout, Workers } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { SlaSetup } from './sla-setup.service';
import { BREACH } from './sla-clock';
import { type SlaMomentFact, SlaBreached, SlaWarned } from './sla.events';

const BATCH = 500;
/** One handler's share of a batch. */
const TOLD_TOGETHER = 100;
/** Beyond this a screen reads its list anew anyway. */
const TOPICS_AT_MOST = 20;

/**
 * One statement: takes clocks whose next moment has come, notes each moment as told (the unique index lets none be told twice), moves the
 * clocks to their next moment, and marks what is late in the rows of lists. A clock that another worker or a computation holds is left
 * to the next look. The order of locks is that of the computation: first the ticket's, then rows.
 */
const TELL = `WITH taken AS MATERIALIZED (
    SELECT id, "ticketId", moments->0->>0 AS threshold, "nextAt" AS at FROM sla_clock WHERE "nextAt" <= $1 ORDER BY "nextAt" LIMIT $2 FOR UPDATE SKIP LOCKED),
  due AS MATERIALIZED (SELECT * FROM taken WHERE pg_try_advisory_xact_lock(hashtextextended("ticketId"::text, 0))),
  moved AS (
    UPDATE sla_clock c SET moments = c.moments - 0, "nextAt" = (c.moments->1->>1)::timestamptz,
      state = CASE WHEN due.threshold = '${BREACH}' THEN 'breached' ELSE c.state END,
      "breachedAt" = CASE WHEN due.threshold = '${BREACH}' THEN c."dueAt" ELSE c."breachedAt" END,
      "decidedAt" = CASE WHEN due.threshold = '${BREACH}' THEN c."dueAt" ELSE c."decidedAt" END
    FROM due WHERE c.id = due.id
    RETURNING c.id AS "clockId", c."ticketId", c.metric, c.cycle, due.threshold, due.at, c."dueAt", c."policyId", c."policyVersion"),
  late AS (
    UPDATE ticket_sla s SET "isBreached" = true, state = 'breached', ru = ${marked('ru')}, en = ${marked('en')}
    FROM (SELECT "ticketId", array_agg(metric) AS metrics FROM moved WHERE threshold = '${BREACH}' GROUP BY 1) l WHERE s."ticketId" = l."ticketId"),
  told AS (
    INSERT INTO sla_moment (id, "ticketId", "clockId", metric, cycle, threshold, at, "firedAt")
    SELECT gen_random_uuid(), "ticketId", "clockId", metric, cycle, threshold, at, $1 FROM moved
    ON CONFLICT ("clockId", threshold, at) DO NOTHING RETURNING id, "clockId", threshold)
  SELECT told.id, m."ticketId", m."clockId", m.metric, m.cycle, m.threshold, m.at, m."dueAt", m."policyId", m."policyVersion",
    (SELECT t."statusId" FROM ticket t WHERE t.id = m."ticketId") AS "statusId", (SELECT count(*)::int FROM taken) AS taken
  FROM moved m LEFT JOIN told ON told."clockId" = m."clockId" AND told.threshold = m.threshold`;

function marked(column: string): string {
  const shown = `s.${column}::jsonb`;
  const late = (metric: string): string =>
    `CASE WHEN '${metric}' = ANY(l.metrics) AND ${shown}->'${metric}' <> 'null' THEN jsonb_build_object('${metric}', ${shown}->'${metric}' || '{"state": "breached"}') ELSE '{}' END`;
  return `(${shown} || '{"isBreached": true}' || ${late('reaction')} || ${late('resolution')})::json`;
}

type ToldRow = Omit<SlaMomentFact, 'id' | 'at' | 'dueAt' | 'escalateTo'> & {
  policyId: string;
  policyVersion: number;
  /** The status the ticket is in: of several limits the one that watches it tells. */
  statusId: string;
  id: string | null;
  at: Date;
  dueAt: Date | null;
  taken: number;
};

/**
 * Warnings and ends of clocks, each at its moment and once, however many processes work. What is due lies in the database under an
 * index; no process keeps a timer for a ticket.
 */
@Injectable()
export class SlaMoments implements OnModuleInit, OnModuleDestroy {
  private readonly lookout = new Lookout({
    name: 'sla moments',
    everyMs: 500,
    afterFailureMs: 2000,
    look: async (ctx) => (await this.tellBatch(ctx)).taken === BATCH,
  });

  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly live: Live,
    private readonly workers: Workers,
    private readonly setup: SlaSetup,
  ) {}

  onModuleInit(): void {
    this.workers.register(this.lookout);
  }

  onModuleDestroy(): Promise<void> {
    return this.lookout.stop();
  }

  /** Tells everything that is due until nothing is; answers how much it was. */
  async tellDue(ctx: Ctx): Promise<number> {
    let count = 0;
    for (;;) {
      const { taken, told } = await this.tellBatch(ctx);
      count += told;
      if (!taken) return count;
    }
  }

  private tellBatch(ctx: Ctx): Promise<{ taken: number; told: number }> {
    return this.db.tx(ctx, async (ctx) => {
      const rows = await this.db.prepared<ToldRow>(ctx, TELL, [Clock.now(), BATCH]);
      const moments = await this.factsOf(
        ctx,
        rows.filter(({ id }) => id !== null),
      );
      await this.publish(ctx, moments);
      return { taken: rows[0]?.taken ?? 0, told: moments.length };
    });
  }

  /** The moments with whom their policies tell; the policies' versions are at hand after the first time. */
  private async factsOf(ctx: TxCtx, rows: readonly ToldRow[]): Promise<SlaMomentFact[]> {
    const rules = await this.setup.rules(
      ctx,
      rows.map(({ policyId, policyVersion }) => ({ id: policyId, version: policyVersion })),
      [],
    );
    return rows.map(({ id, at, dueAt, taken: _, policyId, policyVersion, statusId, ...row }) => ({
      ...row,
      id: id!,
      at: at.toISOString(),
      dueAt: (dueAt ?? at).toISOString(),
      escalateTo: (rules.promises(policyId, policyVersion)?.metrics ?? []).flatMap(
        ({ metric, statusIds, escalateTo = [] }) =>
          metric === row.metric && (!statusIds?.length || statusIds.includes(statusId)) ? escalateTo : [],
      ),
    }));
  }

  private async publish(ctx: TxCtx, moments: readonly SlaMomentFact[]): Promise<void> {
    if (!moments.length) return;
    const isLate = ({ threshold }: SlaMomentFact): boolean => threshold === BREACH;
    const parts = (chosen: SlaMomentFact[]): SlaMomentFact[][] =>
      Array.from({ length: Math.ceil(chosen.length / TOLD_TOGETHER) }, (_, part) =>
        chosen.slice(part * TOLD_TOGETHER, (part + 1) * TOLD_TOGETHER),
      );
    await this.events.publish(
      ctx,
      ...parts(moments.filter((moment) => !isLate(moment))).map((part) => SlaWarned({ moments: part })),
      ...parts(moments.filter(isLate)).map((part) => SlaBreached({ moments: part })),
    );
    const tickets = [...new Set(moments.map(({ ticketId }) => `ticket:${ticketId}`))];
    this.live.touch(ctx, ['tickets', ...(tickets.length > TOPICS_AT_MOST ? [] : tickets)], 'staff');
  }
}
