import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '../context';
import { IdParam } from '../http/params';
import { mapPage } from '../http/paging';
import { Returns, ReturnsPage } from '../http/returns';
import { Allow, PlatformPermission } from '../permissions';
import { Mailer } from './mailer';
import { ListOutgoingMails, OutgoingMailView, toOutgoingMailView } from './outgoing-mails.dto';
import { OutgoingMails } from './outgoing-mails.service';

@ApiTags('outgoing-mails')
@Controller('outgoing-mails')
export class OutgoingMailsController {
  constructor(
    private readonly mails: OutgoingMails,
    private readonly mailer: Mailer,
  ) {}

  /** Outgoing mail with its delivery state. */
  @Get()
  @Allow(PlatformPermission.mail)
  @ReturnsPage(OutgoingMailView)
  async list(@Context() ctx: Ctx, @Query() query: ListOutgoingMails) {
    return mapPage(await this.mails.list(ctx, query), toOutgoingMailView);
  }

  /** Sends a failed or suppressed mail again. */
  @Post(':id/retry')
  @Allow(PlatformPermission.mail)
  @Returns(OutgoingMailView)
  async retry(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toOutgoingMailView(await this.mailer.retry(ctx, id));
  }
}
