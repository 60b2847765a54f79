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

/** The handler's effect is outside the database: the mark is taken back and the handler runs without a transaction. */
class OutsideOfTransaction extends Error {}

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
   * The row is marked done first and the handler runs in the same transaction: both stay or neither. A twin waits for the row and then finds
   * it done. The commit need not wait for the disk: what a crash takes away is the mark together with the effect, and the row runs again.
   */
  private async runInTransaction(ctx: Ctx, id: string): Promise<void> {
    const [row] = await this.db.query<OutboxRow>(
      ctx,
      `UPDATE outbox SET state = 'done', "doneAt" = $2, "leasedUntil" = NULL, "lastError" = NULL WHERE id = $1 AND state = 'pending'
       RETURNING *, set_config('synchronous_commit', 'off', true)`,
      [id, ctx.now()],
    );
    if (!row) return;
    const handler = this.handlerOf(row);
    if (!handler.transaction) throw new OutsideOfTransaction();
    await this.call({ ...ctx, requestId: row.eventId }, handler, row);
  }

  private async runOutside(ctx: Ctx, id: string): Promise<void> {
    const [row] = await this.db.query<OutboxRow>(ctx, `SELECT * FROM outbox WHERE id = $1 AND state = 'pending'`, [id]);
    if (!row) return;
    await this.call({ ...ctx, requestId: row.eventId }, this.handlerOf(row), row);
    await this.done(ctx, id);
  }

  private call(ctx: Ctx, handler: RegisteredHandler, row: OutboxRow): Promise<unknown> {
    return handler.run(ctx, row.payload, {
      id: row.id,
      eventId: row.eventId,
      attempt: row.attempts,
      createdAt: row.createdAt,
    });
  }

  private handlerOf(row: OutboxRow): RegisteredHandler {
    const handler = this.handlers.named(row.handler, row.name);
    if (!handler) throw new Error(`no handler ${row.handler} for ${row.name} in this version`);
    return handler;
  }

  private done(ctx: Ctx, id: string): Promise<unknown> {
    return this.db.query(
      ctx,
      `UPDATE outbox SET state = 'done', "doneAt" = $2, "leasedUntil" = NULL, "lastError" = NULL WHERE id = $1`,
      [id, ctx.now()],
    );
  }

  private async fail(ctx: Ctx, id: string, error: unknown): Promise<void> {
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
