import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, mapPage, Returns, ReturnsNothing, ReturnsPage, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { MacroRunView } from './bulk-runs.dto';
import { MacroRuns } from './macro-runs.service';
import { MacroPermission } from './macros.access';
import {
  CreateMacro,
  ListMacros,
  MacroTicketInput,
  MacroView,
  OrderMacros,
  toMacroView,
  UpdateMacro,
} from './macros.dto';
import { Macros } from './macros.service';
import { ActionsPreviewView } from './ticket-actions.dto';

@ApiTags('macros')
@Controller('macros')
export class MacrosController {
  constructor(
    private readonly macros: Macros,
    private readonly runs: MacroRuns,
  ) {}

  /** Macros you may use, in the order of the menu. */
  @Get()
  @Allow(MacroPermission.use)
  @ReturnsPage(MacroView)
  async list(@Context() ctx: Ctx, @Query() query: ListMacros) {
    return mapPage(await this.macros.list(ctx, query), (macro) => toMacroView(ctx, macro));
  }

  @Post()
  @Allow(MacroPermission.use)
  @Returns(MacroView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateMacro, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toMacroView(ctx, await this.macros.create(ctx, input)));
  }

  /** Puts macros in order; only those you may change. */
  @Put('order')
  @Allow(MacroPermission.use)
  @ReturnsNothing()
  async order(@Context() ctx: Ctx, @Body() { ids }: OrderMacros) {
    await this.macros.order(ctx, ids);
  }

  @Get(':id')
  @Allow(MacroPermission.use)
  @Returns(MacroView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toMacroView(ctx, await this.macros.get(ctx, id)));
  }

  @Patch(':id')
  @ApiExtension('x-versioned', true)
  @Allow(MacroPermission.use)
  @Returns(MacroView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdateMacro,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toMacroView(ctx, await this.macros.update(ctx, id, version, input)));
  }

  @Delete(':id')
  @Allow(MacroPermission.use)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.macros.delete(ctx, id);
  }

  /** What the macro would do to this ticket, and everything that stands in its way. Writes nothing. */
  @Post(':id/preview')
  @Allow(MacroPermission.use)
  @Returns(ActionsPreviewView)
  preview(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { ticketId }: MacroTicketInput) {
    return this.runs.preview(ctx, id, ticketId);
  }

  /** Runs the macro on one ticket: all its actions or none. A refusal names the action in the member `action`. */
  @Post(':id/run')
  @Allow(MacroPermission.use)
  @Returns(MacroRunView)
  run(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { ticketId }: MacroTicketInput) {
    return this.runs.run(ctx, id, ticketId);
  }
}
