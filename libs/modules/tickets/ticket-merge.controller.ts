import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, IdParam, Returns, ReturnsList, ReturnsNothing, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { AttachmentFiles } from './attachment-files.service';
import { TicketView, toTicketView } from './ticket-card.dto';
import { DuplicateView, FindDuplicates, FindMergeCandidates } from './ticket-duplicates.dto';
import { TicketDuplicates } from './ticket-duplicates.service';
import { AddTicketLink, TicketLinkParam, TicketLinkView, toTicketLinkView } from './ticket-links.dto';
import { TicketLinks } from './ticket-links.service';
import {
  MergePreviewView,
  MergeResultView,
  MergeTickets,
  PreviewMerge,
  SplitTicket,
  TicketMergeView,
  toTicketMergeView,
} from './ticket-merge.dto';
import { TicketMergeList } from './ticket-merge-list.service';
import { TicketMerging } from './ticket-merge.service';
import { TicketSplits } from './ticket-split.service';
import { TicketUnmerging } from './ticket-unmerge.service';
import { TicketPermission } from './tickets.access';
import { Tickets } from './tickets.service';

/** Tickets that belong together: merged, split, linked, alike. */
@ApiTags('ticket-merges')
@Controller()
export class TicketMergeController {
  constructor(
    private readonly tickets: Tickets,
    private readonly merging: TicketMerging,
    private readonly unmerging: TicketUnmerging,
    private readonly merges: TicketMergeList,
    private readonly splits: TicketSplits,
    private readonly links: TicketLinks,
    private readonly duplicates: TicketDuplicates,
    private readonly files: AttachmentFiles,
  ) {}

  /** Open and recent tickets like one in the making: to be asked while somebody types. */
  @Post('tickets/duplicates')
  @Allow(TicketPermission.read)
  @ReturnsList(DuplicateView)
  async findDuplicates(@Context() ctx: Ctx, @Body() input: FindDuplicates) {
    return { data: await this.duplicates.find(ctx, input) };
  }

  /** Tickets that could be merged into this one. */
  @Get('tickets/:id/merge-candidates')
  @Allow(TicketPermission.read)
  @ReturnsList(DuplicateView)
  async candidates(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() { q, limit }: FindMergeCandidates) {
    return { data: await this.duplicates.candidates(ctx, id, q, limit) };
  }

  /** What a merge would move and who would hear of it; what a merge refuses is refused here, too. */
  @Post('tickets/:id/merge/preview')
  @Allow(TicketPermission.update)
  @Returns(MergePreviewView)
  async preview(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() { ticketIds }: PreviewMerge) {
    return this.merges.preview(ctx, id, ticketIds);
  }

  /** Merges tickets into this one, all of them or none: what was said and done moves here, the old numbers lead here. */
  @Post('tickets/:id/merge')
  @Allow(TicketPermission.update)
  @Returns(MergeResultView)
  async merge(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Body() { ticketIds, comment }: MergeTickets,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.show(ctx, await this.merging.merge(ctx, id, ticketIds, comment || null), reply);
  }

  /** What was merged into the ticket, at any depth, and into what it was merged itself. */
  @Get('tickets/:id/merges')
  @Allow(TicketPermission.read)
  @ReturnsList(TicketMergeView)
  async list(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return {
      data: (await this.merges.list(ctx, id)).map((row) => toTicketMergeView(ctx, row, this.files.linker(ctx))),
    };
  }

  /** Takes a merge apart again within 30 days, or all merges of one request; what came since stays with the survivor. */
  @Post('ticket-merges/:id/undo')
  @Allow(TicketPermission.update)
  @Returns(MergeResultView)
  async undo(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.show(ctx, await this.unmerging.undo(ctx, id), reply);
  }

  /** Makes a new ticket of some comments of this one; the two are linked. */
  @Post('tickets/:id/split')
  @Allow(TicketPermission.update)
  @Returns(TicketView, 201)
  async split(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Body() input: SplitTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ticket = await this.splits.split(ctx, id, input);
    void reply.header('location', `/api/v1/tickets/${ticket.id}`);
    return withEtag(reply, toTicketView(ctx, ticket, this.files.linker(ctx)));
  }

  /** Links with tickets the asker sees. */
  @Get('tickets/:id/links')
  @Allow(TicketPermission.read)
  @ReturnsList(TicketLinkView)
  async listLinks(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return { data: (await this.links.list(ctx, id)).map((row) => toTicketLinkView(ctx, row)) };
  }

  @Post('tickets/:id/links')
  @Allow(TicketPermission.update)
  @Returns(TicketLinkView, 201)
  async addLink(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: AddTicketLink) {
    return toTicketLinkView(ctx, await this.links.add(ctx, id, input));
  }

  @Delete('tickets/:id/links/:linkId')
  @Allow(TicketPermission.update)
  @ReturnsNothing()
  async removeLink(@Context() ctx: Ctx, @Param() { id, linkId }: TicketLinkParam) {
    await this.links.remove(ctx, id, linkId);
  }

  private async show(ctx: Ctx, { id, toId }: { id: string; toId: string }, reply: FastifyReply) {
    const urlOf = this.files.linker(ctx);
    const ticket = withEtag(reply, toTicketView(ctx, await this.tickets.get(ctx, toId), urlOf));
    const merges = (await this.merges.ofGroup(ctx, id)).map((row) => toTicketMergeView(ctx, row, urlOf));
    return { id, ticket, merges };
  }
}
