import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, mapPage, Returns, ReturnsPage, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import {
  ChecklistTemplateRowView,
  ChecklistTemplateView,
  CreateChecklistTemplate,
  ListChecklistTemplates,
  toTemplateRowView,
  toTemplateView,
  UpdateChecklistTemplate,
} from './checklist-templates.dto';
import { ChecklistTemplates } from './checklist-templates.service';
import { ChecklistPermission } from './checklists.access';

@ApiTags('checklists')
@Controller('checklist-templates')
export class ChecklistTemplatesController {
  constructor(private readonly templates: ChecklistTemplates) {}

  /** Templates by name. */
  @Get()
  @Allow(ChecklistPermission.tick, ChecklistPermission.manage)
  @ReturnsPage(ChecklistTemplateRowView)
  async list(@Context() ctx: Ctx, @Query() query: ListChecklistTemplates) {
    return mapPage(await this.templates.list(ctx, query), toTemplateRowView);
  }

  @Post()
  @Allow(ChecklistPermission.manage)
  @Returns(ChecklistTemplateView, 201)
  async create(
    @Context() ctx: Ctx,
    @Body() input: CreateChecklistTemplate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toTemplateView(await this.templates.create(ctx, input)));
  }

  /** One template with its items. */
  @Get(':id')
  @Allow(ChecklistPermission.tick, ChecklistPermission.manage)
  @Returns(ChecklistTemplateView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toTemplateView(await this.templates.get(ctx, id)));
  }

  /** Changes what is given; `items` replaces all of them. Checklists already on tickets stay as they are. */
  @Patch(':id')
  @Allow(ChecklistPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(ChecklistTemplateView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateChecklistTemplate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toTemplateView(await this.templates.update(ctx, id, seen, input)));
  }

  /** Takes the template out of use. */
  @Post(':id/archive')
  @Allow(ChecklistPermission.manage)
  @Returns(ChecklistTemplateView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toTemplateView(await this.templates.archive(ctx, id, true));
  }

  @Post(':id/restore')
  @Allow(ChecklistPermission.manage)
  @Returns(ChecklistTemplateView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toTemplateView(await this.templates.archive(ctx, id, false));
  }
}
