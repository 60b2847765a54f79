import { Readable } from 'node:stream';
import { Controller, Get, Header, HttpCode, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { seesContacts } from '@opora/modules/clients';
import { TicketPermission, Tickets } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { AccessError } from '@opora/platform/errors';
import { decodeCursor, IdOrNumberParam, keyset, mapPage, pageOfRows, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ChannelError } from './channels.errors';
import { emlOf } from './intake.controller';
import { Intake } from './intake.service';
import { mailsOf } from './ticket-mail.query';
import { ListTicketMails, TicketMailParam, TicketMailView, toTicketMailView } from './ticket-mails.dto';

@ApiTags('ticket-mails')
@Controller('tickets')
export class TicketMailsController {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly intake: Intake,
  ) {}

  /** Mails of the ticket in both directions, newest first, with their delivery state. */
  @Get(':id/mails')
  @Allow(TicketPermission.read)
  @ReturnsPage(TicketMailView)
  async list(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() { cursor, limit }: ListTicketMails) {
    const ticketId = await this.tickets.idOf(ctx, id);
    const after = decodeCursor(cursor, ['uuid'])?.[0] ?? null;
    const page = pageOfRows(await mailsOf(this.db, ctx, ticketId, after as string | null, limit + 1), limit, (row) =>
      keyset(row.id),
    );
    return mapPage(page, (row) => toTicketMailView(ctx, row));
  }

  /** The original of an inbound mail of the ticket, byte for byte. */
  @Get(':id/mails/:mailId/raw')
  @Allow(TicketPermission.read)
  @HttpCode(200)
  @Header('cache-control', 'private, no-store')
  @Header('x-content-type-options', 'nosniff')
  @ApiOkResponse({
    description: 'The original bytes.',
    content: { 'message/rfc822': { schema: { type: 'string', format: 'binary' } } },
  })
  async raw(@Context() ctx: Ctx, @Param() { id, mailId }: TicketMailParam): Promise<StreamableFile> {
    const ticketId = await this.tickets.idOf(ctx, id);
    const row = await this.intake.find(ctx, mailId);
    if (!row?.ticketId || !(await this.isOf(ctx, row.ticketId, ticketId))) throw ChannelError.messageNotFound();
    if (!seesContacts(ctx.actor)) throw AccessError.denied();
    return emlOf(Readable.from(this.intake.readSlices(ctx, mailId, row.size)), mailId, row.size);
  }

  /** The ticket's own, or of one that was merged into it. */
  private async isOf(ctx: Ctx, mailTicketId: string, ticketId: string): Promise<boolean> {
    const rows = await this.db.query(ctx, 'SELECT 1 FROM ticket_absorbed($2::uuid) a WHERE a = $1::uuid', [
      mailTicketId,
      ticketId,
    ]);
    return rows.length > 0;
  }
}
