import { Injectable } from '@nestjs/common';
import type { Ctx } from '../context';
import { Db, newId } from '../db';
import type { Message } from './define';
import { Handlers } from './handlers';
import { Wake } from './wake';

/** When a job runs, and under which key it is added only once. */
export type EnqueueOptions = { at?: Date; key?: string };

/** Whose deed it is: of whoever began the chain, else of the one who acts. */
const initiatorOf = ({ initiatorId, actor }: Ctx): string | null =>
  initiatorId ?? (actor.kind === 'employee' ? actor.id : null);

@Injectable()
export class Events {
  constructor(
    private readonly db: Db,
    private readonly handlers: Handlers,
    private readonly wake: Wake,
  ) {}

  /** Writes the event for each of its handlers, in the transaction of its cause. Throws outside a transaction. */
  async publish(ctx: Ctx, ...messages: Message<object>[]): Promise<void> {
    await this.write(ctx, messages, {});
  }

  /** For `Jobs`; modules call `Jobs.enqueue`. */
  async write(ctx: Ctx, messages: Message<object>[], { at, key }: EnqueueOptions): Promise<void> {
    const { tx } = ctx;
    if (!tx)
      throw new Error(`${messages.map((message) => message.name).join(', ')} must be published inside a transaction`);
    const now = ctx.now();
    const isNow = !at || at <= now;
    const rows = messages.flatMap((message) => {
      const eventId = newId();
      return this.handlers
        .of(message.name)
        .map((handler) => [newId(), eventId, message.name, handler.name, JSON.stringify(message.payload)]);
    });
    if (!rows.length) return;
    const columns = rows[0]!.map((_, column) => rows.map((row) => row[column]));
    await this.db.prepared(
      ctx,
      `INSERT INTO outbox (id, "eventId", name, handler, payload, key, "dueAt", "createdAt", depth, "initiatorId")
       SELECT r.id, r."eventId", r.name, r.handler, r.payload, $6::text, $7::timestamptz, $8::timestamptz, $9::smallint, $10::uuid
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[]) AS r(id, "eventId", name, handler, payload)
       ON CONFLICT (name, key) WHERE state = 'pending' AND key IS NOT NULL DO NOTHING`,
      [...columns, key ?? null, at ?? now, now, ctx.depth ?? 0, isNow && !key ? initiatorOf(ctx) : null],
    );
    if (isNow) tx.afterCommit.push(() => this.wake.signal());
  }
}

/** Work that must be done, now or later: the same outbox as the events. */
@Injectable()
export class Jobs {
  constructor(private readonly events: Events) {}

  async enqueue(ctx: Ctx, job: Message<object>, options: EnqueueOptions = {}): Promise<void> {
    await this.events.write(ctx, [job], options);
  }
}
