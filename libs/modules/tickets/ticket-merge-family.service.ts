import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { type Ticket, TICKET_COLUMNS } from './ticket.entity';
import { TicketWriter } from './ticket-writer.service';

type Hung = { itemId: string; data: { parentId: string | null; to: string | null } };

/** Children of merged tickets hang under the survivor, and go back with them. */
@Injectable()
export class TicketMergeFamily {
  constructor(
    private readonly db: Db,
    private readonly writer: TicketWriter,
  ) {}

  /** Whoever stands above the survivor cannot come below it: he takes the place of the merged ticket. */
  async rehang(
    ctx: TxCtx,
    { id: mergeId, from, to }: { id: string; from: Ticket; to: Ticket },
    known: ReadonlyMap<string, Ticket>,
  ): Promise<void> {
    const children = await this.childrenOf(ctx, from.id);
    if (!children.length) return;
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.parents'))`);
    const above = await this.above(ctx, to.id);
    for (const row of children) {
      const child = known.get(row.id) ?? row;
      const parentId = above.has(child.id) ? from.parentId : to.id;
      await this.writer.change(ctx, child, { parentId });
      await this.db.query(
        ctx,
        `INSERT INTO ticket_merge_item ("mergeId", kind, "itemId", data) VALUES ($1, 'child', $2, $3)`,
        [mergeId, child.id, JSON.stringify({ parentId: from.id, to: parentId })],
      );
    }
  }

  /** Those that nobody has hung elsewhere since, unless the merged ticket lies below them by now. */
  async takeBack(ctx: TxCtx, mergeId: string, fromId: string, known: ReadonlyMap<string, Ticket>): Promise<void> {
    const hung = await this.db.query<Hung>(
      ctx,
      `SELECT "itemId", data FROM ticket_merge_item WHERE "mergeId" = $1 AND kind = 'child'`,
      [mergeId],
    );
    if (!hung.length) return;
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.parents'))`);
    const above = await this.above(ctx, fromId);
    const children = await this.rows(
      ctx,
      't.id = ANY($1::uuid[])',
      hung.map(({ itemId }) => itemId),
    );
    for (const row of children) {
      const { data } = hung.find(({ itemId }) => itemId === row.id)!;
      const child = known.get(row.id) ?? row;
      if (child.parentId === data.to && !above.has(child.id))
        await this.writer.change(ctx, child, { parentId: data.parentId });
    }
  }

  /** The ticket and everything above it. */
  private async above(ctx: Ctx, id: string): Promise<Set<string>> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `WITH RECURSIVE up(id, "parentId") AS (SELECT id, "parentId" FROM ticket WHERE id = $1
         UNION SELECT t.id, t."parentId" FROM ticket t JOIN up ON t.id = up."parentId") SELECT id FROM up`,
      [id],
    );
    return new Set(rows.map((row) => row.id));
  }

  private childrenOf(ctx: Ctx, id: string): Promise<Ticket[]> {
    return this.rows(ctx, 't."parentId" = ANY($1::uuid[])', [id]);
  }

  private rows(ctx: Ctx, condition: string, ids: string[]): Promise<Ticket[]> {
    return this.db.query<Ticket>(ctx, `SELECT ${TICKET_COLUMNS} FROM ticket t WHERE ${condition} ORDER BY t.id`, [ids]);
  }
}
