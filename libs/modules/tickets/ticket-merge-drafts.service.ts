import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import type { Draft } from './comment.entity';

type Kept = Pick<Draft, 'html' | 'audience' | 'fileIds' | 'cc' | 'baseVersion'> & { updatedAt: string | Date };
type Note = { before: Kept | null; after: string };
type Row = Draft & { mergeId: string };

/** Unsent comments of merged tickets: a copy goes to the survivor, behind what its author has begun there. */
@Injectable()
export class TicketMergeDrafts {
  constructor(private readonly db: Db) {}

  async copy(ctx: TxCtx, groupId: string, toId: string): Promise<void> {
    const rows = await this.db.query<Row>(
      ctx,
      `SELECT d.*, m.id AS "mergeId" FROM ticket_merge m JOIN draft d ON d."ticketId" = m."fromId" WHERE m."groupId" = $1 ORDER BY m.id, d."employeeId"`,
      [groupId],
    );
    for (const { mergeId, ...draft } of rows) {
      const before = await this.find(ctx, toId, draft.employeeId);
      const html = before ? `${before.html}${draft.html}` : draft.html;
      const fileIds = [...new Set([...(before?.fileIds ?? []), ...draft.fileIds])];
      await this.put(ctx, toId, draft.employeeId, { ...draft, ...before, html, fileIds, baseVersion: null });
      const note: Note = { before: before ?? null, after: html };
      await this.db.query(
        ctx,
        `INSERT INTO ticket_merge_item ("mergeId", kind, "itemId", data) VALUES ($1, 'draft', $2, $3)`,
        [mergeId, draft.employeeId, JSON.stringify(note)],
      );
    }
  }

  /** A draft nobody has touched since goes back to what it was; one that was sent is gone from the merged ticket, too. */
  async takeBack(ctx: TxCtx, mergeId: string, toId: string, fromId: string): Promise<void> {
    const notes = await this.db.query<{ itemId: string; data: Note }>(
      ctx,
      `SELECT "itemId", data FROM ticket_merge_item WHERE "mergeId" = $1 AND kind = 'draft'`,
      [mergeId],
    );
    for (const { itemId, data } of notes) {
      const now = await this.find(ctx, toId, itemId);
      if (now?.html === data.after && data.before) await this.put(ctx, toId, itemId, data.before);
      else if (!now || now.html === data.after)
        await this.db.query(ctx, 'DELETE FROM draft WHERE "ticketId" = $1 AND "employeeId" = $2', [
          now ? toId : fromId,
          itemId,
        ]);
    }
  }

  private async find(ctx: Ctx, ticketId: string, employeeId: string): Promise<Kept | undefined> {
    const [row] = await this.db.query<Kept>(
      ctx,
      'SELECT html, audience, "fileIds", cc, "baseVersion", "updatedAt" FROM draft WHERE "ticketId" = $1 AND "employeeId" = $2',
      [ticketId, employeeId],
    );
    return row;
  }

  private async put(
    ctx: TxCtx,
    ticketId: string,
    employeeId: string,
    { audience, html, fileIds, cc, baseVersion, updatedAt }: Kept,
  ): Promise<void> {
    await this.db.query(
      ctx,
      `INSERT INTO draft ("ticketId", "employeeId", audience, html, "fileIds", cc, "baseVersion", "updatedAt") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT ("ticketId", "employeeId") DO UPDATE SET audience = $3, html = $4, "fileIds" = $5, cc = $6, "baseVersion" = $7, "updatedAt" = $8`,
      [ticketId, employeeId, audience, html, fileIds, cc, baseVersion, updatedAt],
    );
  }
}
