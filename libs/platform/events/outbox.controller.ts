import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '../context';
import { IdParam } from '../http/params';
import { mapPage } from '../http/paging';
import { Returns, ReturnsPage } from '../http/returns';
import { Allow, PlatformPermission } from '../permissions';
import { ListOutbox, OutboxRowView, toOutboxRowView } from './outbox.dto';
import { Outbox } from './outbox.service';

@ApiTags('outbox')
@Controller('outbox')
export class OutboxController {
  constructor(private readonly outbox: Outbox) {}

  /** What must still happen, what has happened, and what a person must look at. */
  @Get()
  @Allow(PlatformPermission.outbox)
  @ReturnsPage(OutboxRowView)
  async list(@Context() ctx: Ctx, @Query() query: ListOutbox) {
    return mapPage(await this.outbox.list(ctx, query), toOutboxRowView);
  }

  /** Tries a dead or waiting row again at once. */
  @Post(':id/retry')
  @Allow(PlatformPermission.outbox)
  @Returns(OutboxRowView)
  async retry(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toOutboxRowView(await this.outbox.retry(ctx, id));
  }
}
