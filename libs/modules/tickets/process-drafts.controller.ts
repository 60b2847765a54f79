import { Body, Controller, Delete, Get, Param, Post, Put, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsList } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import {
  CheckProcess,
  ProcessDraftInput,
  ProcessVersionParam,
  PublishProcess,
  toOwnDefinition,
} from './process-drafts.dto';
import { ProcessDrafts } from './process-drafts.service';
import { ProcessPublishing } from './process-publishing.service';
import {
  ProcessCheckView,
  ProcessVersionRowView,
  ProcessVersionView,
  ProcessView,
  toProblemView,
  toProcessVersionRowView,
  toProcessVersionView,
  toProcessView,
  withRevision,
} from './process-views.dto';
import { TicketPermission } from './tickets.access';

@ApiTags('processes')
@Controller('processes/:id')
export class ProcessDraftsController {
  constructor(
    private readonly drafts: ProcessDrafts,
    private readonly publishing: ProcessPublishing,
  ) {}

  /** Statuses and transitions: the definition the diagram is drawn from, with the draft of the next one. `ETag` is the revision. */
  @Get()
  @SignedIn()
  @Returns(ProcessView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withRevision(reply, toProcessView(ctx, await this.drafts.get(ctx, id)));
  }

  /** Keeps a definition nobody works by yet. It may be faulty: publishing refuses that. */
  @Put('draft')
  @Allow(TicketPermission.configure)
  @ApiExtension('x-versioned', true)
  @Returns(ProcessView)
  async put(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: ProcessDraftInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withRevision(reply, toProcessView(ctx, await this.drafts.put(ctx, id, seen, toOwnDefinition(input))));
  }

  @Delete('draft')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async discard(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withRevision(reply, toProcessView(ctx, await this.drafts.discard(ctx, id)));
  }

  /** What is wrong with a definition, each fault with its place, and which tickets would lose their status. Changes nothing. */
  @Post('check')
  @Allow(TicketPermission.configure)
  @Returns(ProcessCheckView)
  async check(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { definition }: CheckProcess) {
    const own = definition && toOwnDefinition(definition);
    const { whole, problems, moves } = await this.publishing.check(ctx, id, own);
    return { problems: problems.map((problem) => toProblemView(ctx, problem, whole)), moves };
  }

  /** Puts the draft into force. Refused with every fault; statuses with tickets in them need a place to go. */
  @Post('publish')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async publish(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @Body() input: PublishProcess,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withRevision(reply, toProcessView(ctx, await this.publishing.publish(ctx, id, input)));
  }

  /** What was published, the newest first. */
  @Get('versions')
  @Allow(TicketPermission.configure)
  @ReturnsList(ProcessVersionRowView)
  async versions(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return { data: (await this.drafts.versions(ctx, id)).map(toProcessVersionRowView) };
  }

  @Get('versions/:number')
  @Allow(TicketPermission.configure)
  @Returns(ProcessVersionView)
  async version(@Context() ctx: Ctx, @Param() { id, number }: ProcessVersionParam) {
    return toProcessVersionView(ctx, await this.drafts.version(ctx, id, number));
  }

  /** Brings a published definition back as the draft. */
  @Post('versions/:number/restore')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async restore(
    @Context() ctx: Ctx,
    @Param() { id, number }: ProcessVersionParam,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withRevision(reply, toProcessView(ctx, await this.drafts.restore(ctx, id, number)));
  }
}
