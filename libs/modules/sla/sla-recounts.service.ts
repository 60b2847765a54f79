import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { defineJob, Handles, Jobs, type PayloadOf } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { SlaClocks } from './sla-clocks.service';
import { SlaPolicy } from './sla-policy.entity';
import { SlaRecount } from './sla-recount.entity';
import type { RecountView } from './sla-recounts.dto';
import { SlaRuleError } from './sla-rules.errors';
import { SlaRuntimeError } from './sla-runtime.errors';

/** Counts a part of the tickets anew. */
export const CountAnew = defineJob<{ recountId: string }>('sla.countAnew');

const TOGETHER = 200;
const SHOWN = 50;
const OPEN = `t."deletedAt" IS NULL AND t."mergedIntoId" IS NULL AND ($2 OR t."statusCategory" NOT IN ('done', 'closed'))`;
const moment = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SELECT = `SELECT r.id, r.state, r.total, r.done, r.moved, r."withClosed", ${moment('r."createdAt"')} AS "createdAt", ${moment('r."finishedAt"')} AS "finishedAt",
  CASE WHEN p.id IS NULL THEN NULL ELSE jsonb_build_object('id', p.id, 'name', p.name) END AS policy,
  CASE WHEN e.id IS NULL THEN NULL ELSE jsonb_build_object('id', e.id, 'name', e.name) END AS "startedBy"
  FROM sla_recount r LEFT JOIN sla_policy p ON p.id = r."policyId" LEFT JOIN employee e ON e.id = r."byId"`;

/** Retro-runs: tickets of a policy counted anew by it as it stands, in parts, with who wanted it and how far it is. */
@Injectable()
export class SlaRecounts {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly live: Live,
    private readonly clocks: SlaClocks,
  ) {}

  start(ctx: Ctx, policyId: string, withClosed: boolean): Promise<RecountView> {
    return this.db.tx(ctx, async (ctx) => {
      // Two at once would each count what the other has counted.
      await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('sla.recounts'))`);
      const policy = await this.db.repo(ctx, SlaPolicy).findOneBy({ id: policyId });
      if (!policy || policy.archivedAt) throw SlaRuleError.policyNotFound();
      const running = await this.db.query(
        ctx,
        `SELECT 1 FROM sla_recount WHERE "policyId" = $1 AND state IN ('waiting', 'running')`,
        [policyId],
      );
      if (running.length) throw SlaRuntimeError.recountRunning();
      const [counted] = await this.db.query<{ total: number }>(
        ctx,
        `SELECT count(*)::int AS total FROM ticket t WHERE $1::uuid IS NOT NULL AND ${OPEN}`,
        [policyId, withClosed],
      );
      const recount: Partial<SlaRecount> = {
        id: newId(),
        policyId,
        withClosed,
        state: 'waiting',
        total: counted!.total,
        byId: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
        createdAt: ctx.now(),
      };
      await this.db.repo(ctx, SlaRecount).insert(recount);
      await this.jobs.enqueue(ctx, CountAnew({ recountId: recount.id! }));
      return this.get(ctx, recount.id!);
    });
  }

  list(ctx: Ctx): Promise<RecountView[]> {
    return this.db.query<RecountView>(ctx, `${SELECT} ORDER BY r.id DESC LIMIT ${SHOWN}`);
  }

  /** What lies in the past is told to nobody: the numbers change, the phones stay still. */
  @Handles(CountAnew)
  async part(ctx: Ctx, { recountId }: PayloadOf<typeof CountAnew>): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      const repo = this.db.repo(ctx, SlaRecount);
      const recount = await repo.findOne({ where: { id: recountId }, lock: { mode: 'pessimistic_write' } });
      if (!recount || recount.state === 'done') return;
      const rows = await this.db.query<{ id: string }>(
        ctx,
        `SELECT t.id FROM ticket t WHERE ($1::uuid IS NULL OR t.id > $1) AND ${OPEN} ORDER BY t.id LIMIT ${TOGETHER}`,
        [recount.lastId, recount.withClosed],
      );
      const ids = rows.map(({ id }) => id);
      const mode = recount.withClosed ? 'retro' : 'recount';
      const { moved } = ids.length
        ? await this.clocks.recompute(ctx, ids, { rebinds: true, isQuiet: true, mode, policyId: recount.policyId })
        : { moved: 0 };
      const isDone = ids.length < TOGETHER;
      await repo.update(
        { id: recountId },
        {
          state: isDone ? 'done' : 'running',
          done: recount.done + ids.length,
          moved: recount.moved + moved,
          lastId: ids.at(-1) ?? recount.lastId,
          finishedAt: isDone ? ctx.now() : null,
        },
      );
      this.live.touch(ctx, ['sla-recounts'], 'staff');
      if (!isDone) await this.jobs.enqueue(ctx, CountAnew({ recountId }));
    });
  }

  private async get(ctx: Ctx, id: string): Promise<RecountView> {
    const [row] = await this.db.query<RecountView>(ctx, `${SELECT} WHERE r.id = $1`, [id]);
    return row ?? raise(SlaRuleError.policyNotFound());
  }
}
