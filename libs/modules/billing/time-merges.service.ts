import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type MergeOf, type MovedRow, TicketMerges } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { TicketTimes } from './ticket-times.service';

type Entry = { id: string; seconds: number; isCounted: boolean };

/** Worked time and running timers of merged tickets go to the survivor, and back. */
@Injectable()
export class TimeMerges implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly merges: TicketMerges,
    private readonly times: TicketTimes,
  ) {}

  onModuleInit(): void {
    this.merges.register({
      name: 'billing',
      move: (ctx, merge) => this.move(ctx, merge),
      restore: (ctx, merge, rows) => this.restore(ctx, merge, rows),
      count: (ctx, ticketIds) => this.count(ctx, ticketIds),
    });
  }

  private async move(ctx: TxCtx, { fromId, toId }: MergeOf): Promise<MovedRow[]> {
    const entries = await this.db.query<Entry>(
      ctx,
      `UPDATE time_entry SET "ticketId" = $2 WHERE "ticketId" = $1 RETURNING id, seconds, "deletedAt" IS NULL AS "isCounted"`,
      [fromId, toId],
    );
    const timers = await this.db.query<{ id: string; data: unknown }>(
      ctx,
      `UPDATE time_timer SET "ticketId" = $2 WHERE "ticketId" = $1 RETURNING "employeeId" AS id, to_jsonb("startedAt") AS data`,
      [fromId, toId],
    );
    await this.carry(ctx, entries, fromId, toId);
    return [
      ...entries.map(({ id }) => ({ kind: 'time_entry', id })),
      ...timers.map(({ id, data }) => ({ kind: 'time_timer', id, data })),
    ];
  }

  private async restore(ctx: TxCtx, { fromId, toId }: MergeOf, rows: readonly MovedRow[]): Promise<void> {
    const ids = rows.filter(({ kind }) => kind === 'time_entry').map(({ id }) => id);
    const entries = await this.db.query<Entry>(
      ctx,
      `UPDATE time_entry SET "ticketId" = $3 WHERE id = ANY($1::uuid[]) AND "ticketId" = $2 RETURNING id, seconds, "deletedAt" IS NULL AS "isCounted"`,
      [ids, toId, fromId],
    );
    await this.carry(ctx, entries, toId, fromId);
    // The same run of the timer: one that was started since stays where it was started.
    for (const { id, data } of rows.filter(({ kind }) => kind === 'time_timer'))
      await this.db.query(
        ctx,
        `UPDATE time_timer SET "ticketId" = $3 WHERE "employeeId" = $1 AND "ticketId" = $2 AND to_jsonb("startedAt") = $4::jsonb`,
        [id, toId, fromId, JSON.stringify(data)],
      );
  }

  private async carry(ctx: TxCtx, entries: readonly Entry[], from: string, to: string): Promise<void> {
    const seconds = entries.reduce((sum, entry) => sum + (entry.isCounted ? entry.seconds : 0), 0);
    await this.times.add(ctx, from, -seconds);
    await this.times.add(ctx, to, seconds);
  }

  private async count(ctx: Ctx, ticketIds: readonly string[]): Promise<{ label: string; count: number }[]> {
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      'SELECT count(*)::int AS count FROM time_entry WHERE "ticketId" = ANY($1::uuid[]) AND "deletedAt" IS NULL',
      [ticketIds],
    );
    return [{ label: t(ctx, 'billing.merged'), count: row!.count }];
  }
}
