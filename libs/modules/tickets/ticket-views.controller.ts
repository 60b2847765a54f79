import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList, ReturnsNothing } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { SavedView } from './ticket-view.entity';
import { CreateSavedView, SavedViewView, toSavedViewView, UpdateSavedView, ViewCounterView } from './ticket-views.dto';
import { TicketViews } from './ticket-views.service';
import { TicketPermission } from './tickets.access';

@ApiTags('tickets')
@Controller('ticket-views')
export class TicketViewsController {
  constructor(private readonly views: TicketViews) {}

  /** The reader's views, shared and own, each with the number of its rows. */
  @Get()
  @Allow(TicketPermission.read)
  @ReturnsList(SavedViewView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.show(ctx, await this.views.list(ctx)) };
  }

  /** Only the counters, to be read again after changes. */
  @Get('counters')
  @Allow(TicketPermission.read)
  @ReturnsList(ViewCounterView)
  async counters(@Context() ctx: Ctx) {
    const counts = await this.views.counts(ctx, await this.views.list(ctx));
    return { data: [...counts].map(([id, count]) => ({ id, count })) };
  }

  @Get(':id')
  @Allow(TicketPermission.read)
  @Returns(SavedViewView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.showOne(ctx, await this.views.get(ctx, id));
  }

  @Post()
  @Allow(TicketPermission.read)
  @Returns(SavedViewView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateSavedView) {
    return this.showOne(ctx, await this.views.create(ctx, input));
  }

  @Patch(':id')
  @Allow(TicketPermission.read)
  @Returns(SavedViewView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateSavedView) {
    return this.showOne(ctx, await this.views.update(ctx, id, input));
  }

  @Delete(':id')
  @Allow(TicketPermission.read)
  @ReturnsNothing()
  delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.views.delete(ctx, id);
  }

  private async show(ctx: Ctx, views: SavedView[]): Promise<SavedViewView[]> {
    const counts = await this.views.counts(ctx, views);
    return views.map((view) =>
      toSavedViewView(ctx, view, counts.get(view.id) ?? 0, this.views.canEdit(ctx.actor, view)),
    );
  }

  private async showOne(ctx: Ctx, view: SavedView): Promise<SavedViewView> {
    return (await this.show(ctx, [view]))[0]!;
  }
}
