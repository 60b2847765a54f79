import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsList, ReturnsNothing, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { AutomationPermission } from './automation.access';
import {
  CreateRoutingRow,
  RoutingOrder,
  RoutingRowView,
  RoutingSettings,
  RoutingSettingsView,
  UpdateRoutingRow,
} from './routing-rows.dto';
import { RoutingRows } from './routing-rows.service';

@ApiTags('automation')
@Controller()
export class RoutingRowsController {
  constructor(private readonly rows: RoutingRows) {}

  /** In the order in which they are tried: the first that fits names the team. */
  @Get('routing-rows')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @ReturnsList(RoutingRowView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.rows.list(ctx) };
  }

  /** A condition nothing can meet is refused; that earlier rows take everything is told in `findings`. */
  @Post('routing-rows')
  @Allow(AutomationPermission.manage)
  @Returns(RoutingRowView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateRoutingRow, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.rows.create(ctx, input));
  }

  /** The order: every row, each once. */
  @Put('routing-rows/order')
  @Allow(AutomationPermission.manage)
  @ReturnsList(RoutingRowView)
  async order(@Context() ctx: Ctx, @Body() { ids }: RoutingOrder) {
    return { data: await this.rows.order(ctx, ids) };
  }

  @Get('routing-rows/:id')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @Returns(RoutingRowView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.rows.get(ctx, id));
  }

  /** Fields that are left out stay. */
  @Patch('routing-rows/:id')
  @ApiExtension('x-versioned', true)
  @Allow(AutomationPermission.manage)
  @Returns(RoutingRowView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdateRoutingRow,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, await this.rows.update(ctx, id, version, input));
  }

  /** Tickets it has placed stay where they are. */
  @Delete('routing-rows/:id')
  @HttpCode(204)
  @Allow(AutomationPermission.manage)
  @ReturnsNothing()
  remove(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.rows.remove(ctx, id);
  }

  /** Whether tickets are routed anew. */
  @Get('routing')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @Returns(RoutingSettingsView)
  settings(@Context() ctx: Ctx) {
    return this.rows.settings(ctx);
  }

  @Put('routing')
  @Allow(AutomationPermission.manage)
  @Returns(RoutingSettingsView)
  setSettings(@Context() ctx: Ctx, @Body() input: RoutingSettings) {
    return this.rows.setSettings(ctx, input);
  }
}
