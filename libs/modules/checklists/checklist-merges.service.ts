import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type MergeOf, type MovedRow, TicketMerges } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { ChecklistProgress } from './checklist-progress.service';

/** Checklists of merged tickets follow those of the survivor, and go back to their places. */
@Injectable()
export class ChecklistMerges implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly merges: TicketMerges,
    private readonly progress: ChecklistProgress,
  ) {}

  onModuleInit(): void {
    this.merges.register({
      name: 'checklists',
      move: (ctx, merge) => this.move(ctx, merge),
      restore: (ctx, merge, rows) => this.restore(ctx, merge, rows),
      count: (ctx, ticketIds) => this.count(ctx, ticketIds),
    });
  }

  private async move(ctx: TxCtx, { fromId, toId }: MergeOf): Promise<MovedRow[]> {
    const moved = await this.db.query<{ id: string; position: number }>(
      ctx,
      `WITH moving AS (SELECT id, position FROM checklist WHERE "ticketId" = $1),
         last AS (SELECT COALESCE(max(position), -1) + 1 AS position FROM checklist WHERE "ticketId" = $2)
       UPDATE checklist c SET "ticketId" = $2, position = last.position + moving.position FROM moving, last
       WHERE c.id = moving.id RETURNING c.id, moving.position`,
      [fromId, toId],
    );
    await this.countAnew(ctx, moved.length, [fromId, toId]);
    return moved.map(({ id, position }) => ({ kind: 'checklist', id, data: position }));
  }

  private async restore(ctx: TxCtx, { fromId, toId }: MergeOf, rows: readonly MovedRow[]): Promise<void> {
    const moved = await this.db.query(
      ctx,
      `UPDATE checklist c SET "ticketId" = $4, position = m.position FROM unnest($1::uuid[], $2::int[]) AS m(id, position)
       WHERE c.id = m.id AND c."ticketId" = $3 RETURNING c.id`,
      [rows.map(({ id }) => id), rows.map(({ data }) => data), toId, fromId],
    );
    await this.countAnew(ctx, moved.length, [fromId, toId]);
  }

  private async countAnew(ctx: TxCtx, moved: number, ticketIds: readonly string[]): Promise<void> {
    if (moved) for (const ticketId of ticketIds) await this.progress.count(ctx, ticketId);
  }

  private async count(ctx: Ctx, ticketIds: readonly string[]): Promise<{ label: string; count: number }[]> {
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      'SELECT count(*)::int AS count FROM checklist WHERE "ticketId" = ANY($1::uuid[])',
      [ticketIds],
    );
    return [{ label: t(ctx, 'checklists.merged'), count: row!.count }];
  }
}
