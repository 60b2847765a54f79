import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsList, ReturnsNothing, ReturnsPage, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { DispatchPermission } from './dispatch.access';
import {
  CreateZone,
  ImportZones,
  ListZoneObjects,
  OrderZones,
  toZoneView,
  UpdateZone,
  ZoneMapView,
  ZoneObjectView,
  ZoneView,
} from './zones.dto';
import { Zones } from './zones.service';

@ApiTags('dispatch')
@Controller('zones')
export class ZonesController {
  constructor(private readonly zones: Zones) {}

  /** Zones in their order. */
  @Get()
  @Allow(DispatchPermission.read, DispatchPermission.manage)
  @ReturnsList(ZoneView)
  async list(@Context() ctx: Ctx) {
    return { data: (await this.zones.list(ctx)).map(toZoneView) };
  }

  /** A zone needs corners, districts, or both. */
  @Post()
  @Allow(DispatchPermission.manage)
  @Returns(ZoneView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateZone, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toZoneView(await this.zones.create(ctx, input)));
  }

  /** Makes zones of the polygons of a GeoJSON file; one that has the name of a zone moves its border. */
  @Post('import')
  @Allow(DispatchPermission.manage)
  @ReturnsList(ZoneView)
  async import(@Context() ctx: Ctx, @Body() { geojson }: ImportZones) {
    return { data: (await this.zones.import(ctx, geojson)).map(toZoneView) };
  }

  @Put('order')
  @Allow(DispatchPermission.manage)
  @ReturnsList(ZoneView)
  async order(@Context() ctx: Ctx, @Body() { ids }: OrderZones) {
    return { data: (await this.zones.order(ctx, ids)).map(toZoneView) };
  }

  /** Points of the map: objects and base points. */
  @Get('map')
  @Allow(DispatchPermission.read, DispatchPermission.manage)
  @Returns(ZoneMapView)
  map(@Context() ctx: Ctx) {
    return this.zones.map(ctx);
  }

  /** Service objects by name with their zones; `zoneId=none` finds those that no zone holds. */
  @Get('objects')
  @Allow(DispatchPermission.read, DispatchPermission.manage)
  @ReturnsPage(ZoneObjectView)
  objects(@Context() ctx: Ctx, @Query() query: ListZoneObjects) {
    return this.zones.objects(ctx, query);
  }

  /** Changes what is given; `engineerIds` replaces all of them. */
  @Patch(':id')
  @Allow(DispatchPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(ZoneView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateZone,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toZoneView(await this.zones.update(ctx, id, seen, input)));
  }

  @Delete(':id')
  @Allow(DispatchPermission.manage)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.zones.delete(ctx, id);
  }
}
