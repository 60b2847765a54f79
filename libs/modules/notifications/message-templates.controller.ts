import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsList, ReturnsNothing } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Templates } from '@opora/platform/templates';
import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  MessageTemplateView,
  PreviewTemplate,
  SaveTemplate,
  TemplateKeyParam,
  TemplateParam,
  TemplatePreviewView,
} from './message-templates.dto';
import { MessageTemplates } from './message-templates.service';
import { NotificationPermission } from './notifications.access';

@ApiTags('message templates')
@Controller('message-templates')
export class MessageTemplatesController {
  constructor(
    private readonly templates: Templates,
    private readonly previews: MessageTemplates,
  ) {}

  /** Every mail the system writes, in both languages. */
  @Get()
  @Allow(NotificationPermission.manage_templates)
  @ReturnsList(MessageTemplateView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.templates.list(ctx) };
  }

  /** Rewords a mail. */
  @Put(':key/:locale')
  @Allow(NotificationPermission.manage_templates)
  @Returns(MessageTemplateView)
  async save(@Context() ctx: Ctx, @Param() { key, locale }: TemplateParam, @Body() text: SaveTemplate) {
    await this.templates.save(ctx, key, locale, text);
    return { key, locale, ...(await this.templates.find(ctx, key, locale)) };
  }

  /** Back to the shipped text. */
  @Delete(':key/:locale')
  @Allow(NotificationPermission.manage_templates)
  @ReturnsNothing()
  async reset(@Context() ctx: Ctx, @Param() { key, locale }: TemplateParam) {
    await this.templates.reset(ctx, key, locale);
  }

  /** The mail as a real ticket would fill it; nothing is sent. */
  @Post(':key/preview')
  @Allow(NotificationPermission.manage_templates)
  @Returns(TemplatePreviewView)
  async preview(@Context() ctx: Ctx, @Param() { key }: TemplateKeyParam, @Body() input: PreviewTemplate) {
    return this.previews.preview(ctx, key, input);
  }
}
