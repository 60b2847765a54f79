import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, mapPage, Returns, ReturnsNothing, ReturnsPage, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { MacroPermission } from './macros.access';
import {
  CopyTicketTemplate,
  CreateTicketTemplate,
  ListTicketTemplates,
  TicketTemplateView,
  toTicketTemplateView,
  UpdateTicketTemplate,
} from './ticket-templates.dto';
import { TicketTemplates } from './ticket-templates.service';

@ApiTags('macros')
@Controller('ticket-templates')
export class TicketTemplatesController {
  constructor(private readonly templates: TicketTemplates) {}

  /** Templates you may use, by name. */
  @Get()
  @Allow(MacroPermission.use, TicketPermission.create)
  @ReturnsPage(TicketTemplateView)
  async list(@Context() ctx: Ctx, @Query() query: ListTicketTemplates) {
    return mapPage(await this.templates.list(ctx, query), (row) => toTicketTemplateView(ctx, row));
  }

  @Post()
  @Allow(MacroPermission.use)
  @Returns(TicketTemplateView, 201)
  async create(
    @Context() ctx: Ctx,
    @Body() input: CreateTicketTemplate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toTicketTemplateView(ctx, await this.templates.create(ctx, input)));
  }

  /** A template of what a ticket already has. */
  @Post('from-ticket')
  @Allow(MacroPermission.use)
  @Returns(TicketTemplateView, 201)
  async copy(@Context() ctx: Ctx, @Body() input: CopyTicketTemplate, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toTicketTemplateView(ctx, await this.templates.copy(ctx, input)));
  }

  @Get(':id')
  @Allow(MacroPermission.use, TicketPermission.create)
  @Returns(TicketTemplateView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toTicketTemplateView(ctx, await this.templates.get(ctx, id)));
  }

  @Patch(':id')
  @ApiExtension('x-versioned', true)
  @Allow(MacroPermission.use)
  @Returns(TicketTemplateView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdateTicketTemplate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toTicketTemplateView(ctx, await this.templates.update(ctx, id, version, input)));
  }

  @Delete(':id')
  @Allow(MacroPermission.use)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.templates.delete(ctx, id);
  }
}
