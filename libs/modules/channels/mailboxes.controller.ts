import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, mapPage, Returns, ReturnsNothing, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ChannelPermission } from './channels.access';
import {
  CreateMailbox,
  ListMailboxes,
  MailboxCheckView,
  MailboxView,
  toMailboxView,
  UpdateMailbox,
} from './mailboxes.dto';
import { Mailboxes } from './mailboxes.service';

@ApiTags('mailboxes')
@Controller('mailboxes')
export class MailboxesController {
  constructor(private readonly mailboxes: Mailboxes) {}

  @Get()
  @Allow(ChannelPermission.manage_mailboxes)
  @ReturnsPage(MailboxView)
  async list(@Context() ctx: Ctx, @Query() query: ListMailboxes) {
    return mapPage(await this.mailboxes.list(ctx, query), toMailboxView);
  }

  @Post()
  @Allow(ChannelPermission.manage_mailboxes)
  @Returns(MailboxView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateMailbox) {
    return toMailboxView(await this.mailboxes.create(ctx, input));
  }

  @Get(':id')
  @Allow(ChannelPermission.manage_mailboxes)
  @Returns(MailboxView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toMailboxView(await this.mailboxes.get(ctx, id));
  }

  @Patch(':id')
  @Allow(ChannelPermission.manage_mailboxes)
  @Returns(MailboxView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateMailbox) {
    return toMailboxView(await this.mailboxes.update(ctx, id, input));
  }

  /** Takes the mailbox out of use; its passwords are forgotten, the mails it brought stay in the journal. */
  @Delete(':id')
  @Allow(ChannelPermission.manage_mailboxes)
  @ReturnsNothing()
  archive(@Context() ctx: Ctx, @Param() { id }: IdParam): Promise<void> {
    return this.mailboxes.archive(ctx, id);
  }

  /** Signs in to the mail servers and says what they answer. Nothing is fetched or sent. */
  @Post(':id/test')
  @Allow(ChannelPermission.manage_mailboxes)
  @Returns(MailboxCheckView)
  test(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.mailboxes.test(ctx, id);
  }
}
