import { Injectable } from '@nestjs/common';
import type { Ctx } from '../context';
import { Db } from '../db';
import { Every } from '../events/define';

const KEEP_HOURS = 24;

/** Forgets the keys of yesterday. */
@Injectable()
export class IdempotencyHousekeeping {
  constructor(private readonly db: Db) {}

  @Every(1800)
  async purge(ctx: Ctx): Promise<void> {
    await this.db.query(ctx, `DELETE FROM idempotency_key WHERE "createdAt" < $1`, [
      new Date(ctx.now().getTime() - KEEP_HOURS * 3_600_000),
    ]);
  }
}
