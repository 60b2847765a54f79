import { Injectable } from '@nestjs/common';
import { type Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows, type PageQuery } from '@opora/platform/http';
import { AttachmentFiles, insertAttachments } from './attachment-files.service';
import { type Audience, isForClient, normaliseAudience } from './audience';
import type { AddAttachment, UpdateAttachment } from './comments.dto';
import { type AttachmentRow, attachmentJson } from './comments.query';
import { TicketWriter } from './ticket-writer.service';
import type { Ticket } from './ticket.entity';
import { mayWriteToClients, TicketPermission } from './tickets.access';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

/** Files of a ticket: those of its comments and those added by themselves. */
@Injectable()
export class Attachments {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly files: AttachmentFiles,
  ) {}

  /** The ticket's files, the oldest first; pictures inside texts are left out. */
  async list(ctx: Ctx, key: string, { cursor, limit }: PageQuery): Promise<Page<AttachmentRow>> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const after = decodeCursor(cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const rows = await this.db.query<{ row: AttachmentRow; at: Date }>(
      ctx,
      `SELECT ${attachmentJson} AS row, a."createdAt" AS at FROM attachment a JOIN stored_file f ON f.id = a."fileId"
       WHERE a."ticketId" = ${params.add(ticketId)}::uuid AND NOT a."isInline"
       ${after ? `AND (a."createdAt", a.id) > (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)` : ''}
       ORDER BY a."createdAt", a.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, limit, ({ row, at }) => keyset(at, row.id));
    return { data: page.data.map(({ row }) => row), page: page.page };
  }

  add(ctx: Ctx, key: string, { fileId, caption, audience = [] }: AddAttachment): Promise<AttachmentRow> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.comment_internal);
      await this.demandAudience(ctx, ticket, audience);
      const [file] = await this.files.claim(ctx, '', [{ fileId, caption, audience }], audience, () => '/fileId');
      const params = new SqlParams();
      const [added] = await this.db.query<{ id: string }>(
        ctx,
        `${insertAttachments(ctx, ticket.id, null, [file!], params)} RETURNING id`,
        params.values,
      );
      const row = await this.getRow(ctx, added!.id);
      const extra = [{ field: 'files', before: null, after: { name: row.name, audience: row.audience } }];
      await this.writer.change(ctx, ticket, { fileCount: ticket.fileCount + 1 }, { extra });
      this.writer.touch(ctx, ticket.id, isForClient(row.audience));
      return row;
    });
  }

  /** Changes who may see a file, or its caption. */
  update(ctx: Ctx, id: string, input: UpdateAttachment): Promise<AttachmentRow> {
    return this.db.tx(ctx, async (ctx) => {
      const [found] = await this.db.query<{ ticketId: string }>(
        ctx,
        'SELECT "ticketId" FROM attachment WHERE id = $1',
        [id],
      );
      const ticket = await this.tickets.getForUpdate(
        ctx,
        found?.ticketId ?? raise(TicketError.attachmentNotFound()),
        TicketPermission.comment_internal,
      );
      const before = await this.getRow(ctx, id);
      const audience = input.audience ? normaliseAudience(input.audience) : before.audience;
      await this.demandAudience(ctx, ticket, [...audience, ...before.audience]);
      const caption = input.caption === undefined ? before.caption : input.caption || null;
      await this.db.query(ctx, 'UPDATE attachment SET audience = $2, caption = $3 WHERE id = $1', [
        id,
        audience,
        caption,
      ]);
      const row = { ...before, audience, caption };
      const told = ({ name, audience, caption }: AttachmentRow) => ({ name, audience, caption });
      if (JSON.stringify(told(row)) !== JSON.stringify(told(before))) {
        await this.writer.change(
          ctx,
          ticket,
          {},
          { extra: [{ field: 'files', before: told(before), after: told(row) }] },
        );
        this.writer.touch(ctx, ticket.id, true);
      }
      return row;
    });
  }

  /** Showing a file to a client, or hiding it from him, is writing to the client. */
  private async demandAudience(ctx: Ctx, ticket: Ticket, audience: readonly Audience[]): Promise<void> {
    if (!isForClient(audience)) return;
    if (!mayWriteToClients(ctx.actor)) throw TicketError.clientRepliesForbidden();
    await this.tickets.demand(ctx, ticket.id, TicketPermission.reply_client);
  }

  private async getRow(ctx: Ctx, id: string): Promise<AttachmentRow> {
    const [found] = await this.db.query<{ row: AttachmentRow }>(
      ctx,
      `SELECT ${attachmentJson} AS row FROM attachment a JOIN stored_file f ON f.id = a."fileId" WHERE a.id = $1`,
      [id],
    );
    return found?.row ?? raise(TicketError.attachmentNotFound());
  }
}
