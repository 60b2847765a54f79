import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, mapPage, PageQuery, Returns, ReturnsList, ReturnsPage } from '@opora/platform/http';
import { PortalOnly } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { AttachmentFiles } from './attachment-files.service';
import { CreatePortalTicket } from './portal-form.dto';
import {
  ClosePortalTicket,
  CreatePortalComment,
  ListPortalTickets,
  PortalCommentView,
  PortalTicketRowView,
  PortalTicketTypeView,
  PortalTicketView,
  toPortalCommentView,
  toPortalTicketRowView,
  toPortalTicketView,
} from './portal-tickets.dto';
import { FindPortalDuplicates, PortalDuplicateView } from './ticket-duplicates.dto';
import { PortalTickets } from './portal-tickets.service';

@ApiTags('portal')
@Controller('portal')
export class PortalTicketsController {
  constructor(
    private readonly tickets: PortalTickets,
    private readonly files: AttachmentFiles,
  ) {}

  /** Tickets you may see, the latest change first. */
  @Get('tickets')
  @PortalOnly()
  @ReturnsPage(PortalTicketRowView)
  async list(@Context() ctx: Ctx, @Query() query: ListPortalTickets) {
    return mapPage(await this.tickets.list(ctx, query), (row) => toPortalTicketRowView(ctx, row));
  }

  /** Files a ticket by the form of its type. */
  @Post('tickets')
  @PortalOnly()
  @Returns(PortalTicketView, 201)
  async create(
    @Context() ctx: Ctx,
    @Body() input: CreatePortalTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ticket = await this.tickets.create(ctx, input);
    void reply.header('location', `/api/v1/portal/tickets/${ticket.id}`);
    return toPortalTicketView(ctx, ticket, this.files.linker(ctx));
  }

  /** Open and recent tickets of yours like the one you are about to file. */
  @Post('tickets/duplicates')
  @PortalOnly()
  @ReturnsList(PortalDuplicateView)
  async duplicates(@Context() ctx: Ctx, @Body() input: FindPortalDuplicates) {
    const found = await this.tickets.duplicates(ctx, input);
    return { data: found.map(({ row, score }) => ({ ...toPortalTicketRowView(ctx, row), score })) };
  }

  /** One ticket; the number of a merged one leads to where it was merged. */
  @Get('tickets/:id')
  @PortalOnly()
  @Returns(PortalTicketView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return toPortalTicketView(ctx, await this.tickets.get(ctx, id), this.files.linker(ctx));
  }

  /** The conversation in the order it was written. */
  @Get('tickets/:id/comments')
  @PortalOnly()
  @ReturnsPage(PortalCommentView)
  async listComments(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() query: PageQuery) {
    return mapPage(await this.tickets.listComments(ctx, id, query), (row) =>
      toPortalCommentView(ctx, row, this.files.linker(ctx)),
    );
  }

  /** Writes to the ticket; one that waited for you, or was done, goes back to work. */
  @Post('tickets/:id/comments')
  @PortalOnly()
  @Returns(PortalCommentView, 201)
  async comment(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: CreatePortalComment) {
    return toPortalCommentView(ctx, await this.tickets.comment(ctx, id, input), this.files.linker(ctx));
  }

  /** Closes the ticket: nothing more is needed. */
  @Post('tickets/:id/close')
  @PortalOnly()
  @Returns(PortalTicketView)
  async close(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: ClosePortalTicket) {
    return toPortalTicketView(ctx, await this.tickets.close(ctx, id, input), this.files.linker(ctx));
  }

  /** Opens the ticket again, within two weeks of closing. */
  @Post('tickets/:id/reopen')
  @PortalOnly()
  @Returns(PortalTicketView)
  async reopen(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return toPortalTicketView(ctx, await this.tickets.reopen(ctx, id), this.files.linker(ctx));
  }

  /** Types you may file, with the fields each asks for. */
  @Get('ticket-types')
  @PortalOnly()
  @ReturnsList(PortalTicketTypeView)
  async types(@Context() ctx: Ctx) {
    return { data: await this.tickets.types(ctx) };
  }
}
