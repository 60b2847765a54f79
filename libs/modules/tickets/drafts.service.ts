import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { normaliseAudience } from './audience';
import type { PutDraft } from './comments.dto';
import type { DraftRow } from './comments.query';
import { toRichText } from './rich-text';
import { Tickets } from './tickets.service';

/** Unsent comments: one per employee and ticket, kept on the server; the last write wins. */
@Injectable()
export class Drafts {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
  ) {}

  async find(ctx: Ctx, key: string): Promise<DraftRow | undefined> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const [row] = await this.db.query<DraftRow>(
      ctx,
      `SELECT d.*, COALESCE((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size) ORDER BY f."createdAt", f.id)
         FROM stored_file f WHERE f.id = ANY(d."fileIds") AND f."ownerKind" = 'employee' AND f."ownerId" = $2), '[]') AS files
       FROM draft d WHERE d."ticketId" = $1 AND d."employeeId"::text = $2`,
      [ticketId, ctx.actor.id],
    );
    return row;
  }

  async put(
    ctx: Ctx,
    key: string,
    { html, audience, fileIds = [], cc = [], baseVersion = null }: PutDraft,
  ): Promise<void> {
    const ticketId = await this.tickets.idOf(ctx, key);
    await this.db.query(
      ctx,
      `INSERT INTO draft ("ticketId", "employeeId", audience, html, "fileIds", cc, "baseVersion", "updatedAt") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT ("ticketId", "employeeId") DO UPDATE SET audience = $3, html = $4, "fileIds" = $5, cc = $6, "baseVersion" = $7, "updatedAt" = $8`,
      [
        ticketId,
        ctx.actor.id,
        normaliseAudience(audience ?? []),
        toRichText(html).html,
        fileIds,
        cc,
        baseVersion,
        ctx.now(),
      ],
    );
  }

  async remove(ctx: Ctx, key: string): Promise<void> {
    const ticketId = await this.tickets.idOf(ctx, key);
    await this.db.query(ctx, `DELETE FROM draft WHERE "ticketId" = $1 AND "employeeId"::text = $2`, [
      ticketId,
      ctx.actor.id,
    ]);
  }
}
