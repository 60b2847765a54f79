import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import {
  IdOrNumberParam,
  IfMatch,
  IfMatchGiven,
  mapPage,
  PageQuery,
  Returns,
  ReturnsList,
  ReturnsNothing,
  ReturnsPage,
  withEtag,
} from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { AttachmentFiles } from './attachment-files.service';
import { Comments } from './comments.service';
import { type TicketCard } from './ticket-card.query';
import { TicketView, toTicketView } from './ticket-card.dto';
import {
  MomentQuery,
  PastFieldView,
  TicketChangeView,
  toPastFieldView,
  toTicketChangeView,
} from './ticket-history.dto';
import { TicketHistory } from './ticket-history.service';
import { TicketUpdates } from './ticket-updates.service';
import { TicketWork } from './ticket-work.service';
import { TicketPermission } from './tickets.access';
import { AssignTicket, CreateTicket, DeleteTicket, TransitionTicket, UpdateTicket } from './tickets.dto';
import { Tickets } from './tickets.service';

@ApiTags('tickets')
@Controller('tickets')
export class TicketsController {
  constructor(
    private readonly tickets: Tickets,
    private readonly updates: TicketUpdates,
    private readonly work: TicketWork,
    private readonly comments: Comments,
    private readonly history: TicketHistory,
    private readonly files: AttachmentFiles,
  ) {}

  /** Registers a ticket with every field in one request: all of it or nothing. */
  @Post()
  @Allow(TicketPermission.create)
  @Returns(TicketView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateTicket, @Res({ passthrough: true }) reply: FastifyReply) {
    const ticket = await this.tickets.create(ctx, input);
    void reply.header('location', `/api/v1/tickets/${ticket.id}`);
    return this.show(ctx, ticket, reply);
  }

  /** One ticket by id or number. `ETag` is its version for `If-Match`. */
  @Get(':id')
  @Allow(TicketPermission.read)
  @Returns(TicketView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.show(ctx, await this.work.withBlocked(ctx, await this.tickets.get(ctx, id)), reply);
  }

  /** Changes fields. Edits of different fields merge; an edit of a field that somebody else has changed since is 412 with both values. */
  @Patch(':id')
  @Allow(TicketPermission.update)
  @ApiExtension('x-versioned', true)
  @Returns(TicketView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @IfMatch() seen: number,
    @Body() input: UpdateTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.show(ctx, await this.updates.update(ctx, id, seen, input), reply);
  }

  /** «Взять»: exactly one of several gets the ticket; the others get 409 with who has it. */
  @Post(':id/take')
  @Allow(TicketPermission.take)
  @Returns(TicketView)
  async take(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.show(ctx, await this.work.take(ctx, id), reply);
  }

  /** Hands the ticket to a person or a team; null takes one off. */
  @Post(':id/assign')
  @Allow(TicketPermission.assign)
  @Returns(TicketView)
  async assign(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Body() input: AssignTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.show(ctx, await this.work.assign(ctx, id, input), reply);
  }

  /**
   * Moves the ticket along its process, perhaps with a comment. A refusal lists every unmet condition; whoever comes too late is shown
   * both versions. `If-Match` or `ifStatusId` say what was seen.
   */
  @Post(':id/transition')
  @Allow(TicketPermission.transition)
  @Returns(TicketView)
  async transition(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @IfMatchGiven() ifVersion: number | undefined,
    @Body() input: TransitionTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { comment, fields, ...wanted } = input;
    const target = { ...wanted, ifVersion };
    if (!comment) return this.show(ctx, await this.work.transition(ctx, id, target, fields), reply);
    const said = { html: comment.html, audience: comment.audience ?? ['internal' as const], transition: target };
    await this.work.withFields(ctx, id, fields, (ctx) => this.comments.add(ctx, id, said));
    return this.show(ctx, await this.tickets.get(ctx, id), reply);
  }

  /** Puts the ticket into the bin. */
  @Post(':id/delete')
  @Allow(TicketPermission.delete)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() { reason }: DeleteTicket) {
    await this.work.delete(ctx, id, reason);
  }

  /** Takes the ticket out of the bin. */
  @Post(':id/restore')
  @Allow(TicketPermission.restore)
  @Returns(TicketView)
  async restore(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.show(ctx, await this.work.restore(ctx, id), reply);
  }

  /** Who changed what, from what to what and why; the newest first. */
  @Get(':id/history')
  @Allow(TicketPermission.read)
  @ReturnsPage(TicketChangeView)
  async changes(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() query: PageQuery) {
    return mapPage(await this.history.list(ctx, id, query), toTicketChangeView);
  }

  /** The ticket's fields as they were at a past moment. */
  @Get(':id/at')
  @Allow(TicketPermission.read)
  @ReturnsList(PastFieldView)
  async past(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() { moment }: MomentQuery) {
    return { data: (await this.history.at(ctx, id, new Date(moment))).map(toPastFieldView) };
  }

  private show(ctx: Ctx, card: TicketCard, reply: FastifyReply): TicketView {
    return withEtag(reply, toTicketView(ctx, card, this.files.linker(ctx)));
  }
}
