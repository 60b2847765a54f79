import { Injectable } from '@nestjs/common';
import type { Ctx } from '../context';
import { Every } from './define';
import { Outbox } from './outbox.service';

const KEEP_DONE_DAYS = 7;

/** Keeps the outbox small. */
@Injectable()
export class OutboxHousekeeping {
  constructor(private readonly outbox: Outbox) {}

  @Every(3600)
  async purge(ctx: Ctx): Promise<void> {
    await this.outbox.purge(ctx, new Date(ctx.now().getTime() - KEEP_DONE_DAYS * 86_400_000));
  }
}
