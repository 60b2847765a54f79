import { Injectable } from '@nestjs/common';
import { Clock, type Ctx, systemContext } from '../context';
import { Db } from '../db';
import { log } from '../log';
import type { RegisteredHandler } from './handlers';
import { Handlers } from './handlers';
import type { OutboxRow } from './outbox.entity';

/** Seconds to wait before each further attempt; after the last one the row is dead and waits for a person. */
export const RETRY_AFTER = [5, 30, 120, 600, 3600, 3600, 3600, 3600];
export const MAX_ATTEMPTS = RETRY_AFTER.length + 1;

/** Rows that were taken together and have not happened; `broken` is the one that failed by its own fault. */
export type UndoneLot = { ids: string[]; broken?: { id: string; error: unknown } };

/** Deadlock, a lock not got in time, a conflict of serialisation: nobody's fault, alone it goes well. */
const isCollision = (error: unknown): boolean =>
  ['40P01', '55P03', '40001'].includes((error as { driverError?: { code?: string } }).driverError?.code ?? '');

/**
 * Marks rows done in the transaction of their effect. Rows that were tried before, or whose process may have died of them, are left to be
 * run alone. Nobody is made to wait for the rows' locks longer than needed, and a wait for a lock ends before anybody else's would.
 */
const TAKE = `UPDATE outbox SET state = 'done', "doneAt" = $1::timestamptz
  WHERE id IN (SELECT id FROM outbox WHERE state = 'pending' AND "dueAt" <= $1::timestamptz AND attempts = 0 AND id >= $2::uuid AND "leasedUntil" IS NULL
                 AND handler <> ALL($3::text[]) ORDER BY "dueAt" LIMIT $4::int FOR UPDATE SKIP LOCKED)
  RETURNING *, set_config('synchronous_commit', 'off', true), set_config('lock_timeout', '700ms', true)`;

/** The handler's effect is outside the database: the mark is taken back and the handler runs without a transaction. */
class OutsideOfTransaction extends Error {}

const contextOfRow = (ctx: Ctx, { eventId, depth, initiatorId }: OutboxRow): Ctx => ({
  ...ctx,
  requestId: eventId,
  depth,
  initiatorId: initiatorId ?? undefined,
});

/** Runs one row of the outbox: once in effect, whatever is repeated or dies. */
@Injectable()
export class Runner {
  constructor(
    private readonly db: Db,
    private readonly handlers: Handlers,
  ) {}

  async run(id: string): Promise<void> {
    const ctx = systemContext();
    try {
      await this.db.tx(ctx, (ctx) => this.runInTransaction(ctx, id));
    } catch (error) {
      if (error instanceof OutsideOfTransaction)
        await this.runOutside(ctx, id).catch((failure: unknown) => this.fail(ctx, id, failure));
      else await this.fail(ctx, id, error);
    }
  }

  /**
   * Takes rows that are due, of those written after `since`, and runs them in one transaction with their marks: most rows succeed, and
   * together they cost a fraction of one by one. If one fails, none has happened: all are answered, to be run each alone. `onTaken` hears
   * how many were taken before they run.
   */
  async runTogether(since: string, limit: number, onTaken: (count: number) => void): Promise<UndoneLot> {
    const ctx = systemContext();
    const lot: UndoneLot = { ids: [] };
    let current: string | undefined;
    try {
      await this.db.tx(ctx, async (ctx) => {
        const rows = await this.db.prepared<OutboxRow>(ctx, TAKE, [ctx.now(), since, this.handlers.outside(), limit]);
        lot.ids = rows.map(({ id }) => id);
        onTaken(rows.length);
        rows.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1));
        for (const row of rows) {
          current = row.id;
          await this.call(contextOfRow(ctx, row), this.handlerOf(row), row);
        }
        current = undefined;
      });
      return { ids: [] };
    } catch (error) {
      if (current && !isCollision(error)) lot.broken = { id: current, error };
      return lot;
    }
  }

  /**
   * The row is marked done first and the handler runs in the same transaction: both stay or neither. A twin waits for the row and then finds
   * it done. The commit need not wait for the disk: what a crash takes away is the mark together with the effect, and the row runs again.
   */
  private async runInTransaction(ctx: Ctx, id: string): Promise<void> {
    const [row] = await this.db.prepared<OutboxRow>(
      ctx,
      `UPDATE outbox SET state = 'done', "doneAt" = $2, "leasedUntil" = NULL, "lastError" = NULL WHERE id = $1 AND state = 'pending'
       RETURNING *, set_config('synchronous_commit', 'off', true)`,
      [id, ctx.now()],
    );
    if (!row) return;
    const handler = this.handlerOf(row);
    if (!handler.transaction) throw new OutsideOfTransaction();
    await this.call(contextOfRow(ctx, row), handler, row);
  }

  private async runOutside(ctx: Ctx, id: string): Promise<void> {
    const [row] = await this.db.prepared<OutboxRow>(ctx, `SELECT * FROM outbox WHERE id = $1 AND state = 'pending'`, [
      id,
    ]);
    if (!row) return;
    await this.call(contextOfRow(ctx, row), this.handlerOf(row), row);
    await this.done(ctx, id);
  }

  private call(ctx: Ctx, handler: RegisteredHandler, row: OutboxRow): Promise<unknown> {
    return handler.run(ctx, row.payload, {
      id: row.id,
      eventId: row.eventId,
      attempt: Math.max(row.attempts, 1),
      createdAt: row.createdAt,
    });
  }

  private handlerOf(row: OutboxRow): RegisteredHandler {
    const handler = this.handlers.named(row.handler, row.name);
    if (!handler) throw new Error(`no handler ${row.handler} for ${row.name} in this version`);
    return handler;
  }

  private done(ctx: Ctx, id: string): Promise<unknown> {
    return this.db.prepared(
      ctx,
      `UPDATE outbox SET state = 'done', "doneAt" = $2, "leasedUntil" = NULL, "lastError" = NULL WHERE id = $1`,
      [id, ctx.now()],
    );
  }

  /** Notes a failed attempt of a leased row: it waits for the next one, or is dead. */
  async fail(ctx: Ctx, id: string, error: unknown): Promise<void> {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.warn({ outboxId: id, err: message }, 'a handler failed');
    try {
      await this.db.query(
        ctx,
        `UPDATE outbox SET "lastError" = $2, "leasedUntil" = NULL,
           state = CASE WHEN attempts >= $3 THEN 'dead' ELSE 'pending' END,
           "dueAt" = $4::timestamptz + make_interval(secs => ($5::int[])[LEAST(GREATEST(attempts, 1), cardinality($5::int[]))])
         WHERE id = $1 AND state = 'pending'`,
        [id, message.slice(0, 4000), MAX_ATTEMPTS, Clock.now(), RETRY_AFTER],
      );
    } catch (failure) {
      // The database is away: the lease runs out and the row is tried again.
      log.warn({ outboxId: id, err: String(failure) }, 'could not note the failure');
    }
  }
}
