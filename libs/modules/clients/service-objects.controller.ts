import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, mapPage, Returns, ReturnsPage, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { ClientsPermission } from './clients.access';
import { ObjectTree } from './object-tree.service';
import {
  CreateServiceObject,
  ListServiceObjects,
  MoveServiceObject,
  ServiceObjectRowView,
  ServiceObjectView,
  toServiceObjectRowView,
  toServiceObjectView,
  UpdateServiceObject,
} from './service-objects.dto';
import { ServiceObjects } from './service-objects.service';

@ApiTags('service-objects')
@Controller('service-objects')
export class ServiceObjectsController {
  constructor(
    private readonly objects: ServiceObjects,
    private readonly tree: ObjectTree,
  ) {}

  /** Service objects by name. */
  @Get()
  @Allow(ClientsPermission.read)
  @ReturnsPage(ServiceObjectRowView)
  async list(@Context() ctx: Ctx, @Query() query: ListServiceObjects) {
    return mapPage(await this.objects.list(ctx, query), toServiceObjectRowView);
  }

  @Post()
  @Allow(ClientsPermission.manage)
  @Returns(ServiceObjectView, 201)
  async create(
    @Context() ctx: Ctx,
    @Body() input: CreateServiceObject,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toServiceObjectView(await this.objects.create(ctx, input)));
  }

  /** The object with what it inherits from those above it and from its company. */
  @Get(':id')
  @Allow(ClientsPermission.read)
  @Returns(ServiceObjectView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toServiceObjectView(await this.objects.effectiveOf(ctx, id)));
  }

  /** Changes fields. Needs `If-Match` with the version seen; other people's changes of other fields stay. */
  @Patch(':id')
  @Allow(ClientsPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(ServiceObjectView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateServiceObject,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toServiceObjectView(await this.objects.update(ctx, id, seen, input)));
  }

  /** Hangs the object with all below it under another parent, or at the top of the tree. */
  @Post(':id/move')
  @Allow(ClientsPermission.manage)
  @Returns(ServiceObjectView)
  async move(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { parentId }: MoveServiceObject) {
    return toServiceObjectView(await this.tree.move(ctx, id, parentId));
  }

  /** Puts the object and all below it into the archive. */
  @Post(':id/archive')
  @Allow(ClientsPermission.manage)
  @Returns(ServiceObjectView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toServiceObjectView(await this.tree.archive(ctx, id));
  }

  /** Takes the object back with what was archived together with it. */
  @Post(':id/restore')
  @Allow(ClientsPermission.manage)
  @Returns(ServiceObjectView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toServiceObjectView(await this.tree.restore(ctx, id));
  }
}
