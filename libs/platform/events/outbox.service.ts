import { Injectable } from '@nestjs/common';
import type { Ctx } from '../context';
import { Db } from '../db';
import { raise, RequestError } from '../errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '../http/paging';
import type { ListOutbox } from './outbox.dto';
import type { OutboxRow } from './outbox.entity';
import { Wake } from './wake';

/** What the outbox holds, for people: the waiting, the done, the dead. */
@Injectable()
export class Outbox {
  constructor(
    private readonly db: Db,
    private readonly wake: Wake,
  ) {}

  async list(ctx: Ctx, { state, cursor, limit }: ListOutbox): Promise<Page<OutboxRow>> {
    const after = decodeCursor(cursor, ['uuid']);
    const rows = await this.db.query<OutboxRow>(
      ctx,
      `SELECT * FROM outbox WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [state ?? null, after?.[0] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, (row) => keyset(row.id));
  }

  async counts(ctx: Ctx): Promise<{ pending: number; dead: number; oldestDueSeconds: number }> {
    const [row] = await this.db.query<{ pending: string; dead: string; oldest: string | null }>(
      ctx,
      `SELECT count(*) FILTER (WHERE state = 'pending') AS pending, count(*) FILTER (WHERE state = 'dead') AS dead,
              extract(epoch FROM now() - min("dueAt") FILTER (WHERE state = 'pending' AND "dueAt" <= now())) AS oldest
       FROM outbox WHERE state IN ('pending', 'dead')`,
    );
    return {
      pending: Number(row?.pending ?? 0),
      dead: Number(row?.dead ?? 0),
      oldestDueSeconds: Math.max(0, Number(row?.oldest ?? 0)),
    };
  }

  /** Whether handlers of this class have still to hear something that says this. */
  async isWaiting(ctx: Ctx, listener: string, facts: Record<string, string>): Promise<boolean> {
    const rows = await this.db.query(
      ctx,
      `SELECT 1 FROM outbox WHERE state = 'pending' AND handler LIKE $1 || '.%' AND payload @> $2::jsonb LIMIT 1`,
      [listener, JSON.stringify(facts)],
    );
    return rows.length > 0;
  }

  /** Tries a dead or waiting row again at once. */
  async retry(ctx: Ctx, id: string): Promise<OutboxRow> {
    const row = await this.db.tx(ctx, async (ctx) => {
      const [row] = await this.db.query<OutboxRow>(
        ctx,
        `UPDATE outbox SET state = 'pending', attempts = 0, "dueAt" = $2, "leasedUntil" = NULL WHERE id = $1 AND state IN ('dead', 'pending') RETURNING *`,
        [id, ctx.now()],
      );
      return row ?? raise(RequestError.notFound());
    });
    this.wake.signal();
    return row;
  }

  /** Removes rows done before the moment; the dead stay until a person decides. */
  async purge(ctx: Ctx, before: Date): Promise<void> {
    await this.db.query(ctx, `DELETE FROM outbox WHERE state = 'done' AND "doneAt" < $1`, [before]);
  }
}
