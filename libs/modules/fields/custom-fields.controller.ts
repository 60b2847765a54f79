import { Body, Controller, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsList, withEtag } from '@opora/platform/http';
import { Allow, PortalOnly, SignedIn } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { CustomFieldDefinitions } from './custom-field-definitions.service';
import {
  CreateCustomField,
  CustomFieldView,
  ListCustomFields,
  OrderCustomFields,
  PortalCustomFieldsQuery,
  PortalCustomFieldView,
  toCustomFieldView,
  toPortalCustomFieldView,
  UpdateCustomField,
} from './custom-fields.dto';
import { FieldsPermission } from './fields.access';

@ApiTags('custom-fields')
@Controller()
export class CustomFieldsController {
  constructor(private readonly definitions: CustomFieldDefinitions) {}

  /** Custom fields in their order: those in use, or those in the archive. */
  @Get('custom-fields')
  @SignedIn()
  @ReturnsList(CustomFieldView)
  async list(@Context() ctx: Ctx, @Query() query: ListCustomFields) {
    return { data: (await this.definitions.list(ctx, query)).map((field) => toCustomFieldView(ctx, field)) };
  }

  /** Adds a field to tickets, companies, contacts or service objects; at most 200 to each. */
  @Post('custom-fields')
  @Allow(FieldsPermission.manage)
  @Returns(CustomFieldView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateCustomField, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toCustomFieldView(ctx, await this.definitions.create(ctx, input)));
  }

  /** Sets the order of every field in use of a subject. */
  @Put('custom-fields/order')
  @Allow(FieldsPermission.manage)
  @ReturnsList(CustomFieldView)
  async order(@Context() ctx: Ctx, @Body() input: OrderCustomFields) {
    return { data: (await this.definitions.order(ctx, input)).map((field) => toCustomFieldView(ctx, field)) };
  }

  @Get('custom-fields/:id')
  @SignedIn()
  @Returns(CustomFieldView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toCustomFieldView(ctx, await this.definitions.get(ctx, id)));
  }

  /** Changes a field. Its type only while no row has a value (409 with the `count`); an option that rows have chosen is archived, not removed. */
  @Patch('custom-fields/:id')
  @Allow(FieldsPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(CustomFieldView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateCustomField,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toCustomFieldView(ctx, await this.definitions.update(ctx, id, seen, input)));
  }

  /** Takes the field out of use; its values stay with their rows and come back with it. */
  @Post('custom-fields/:id/archive')
  @Allow(FieldsPermission.manage)
  @Returns(CustomFieldView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toCustomFieldView(ctx, await this.definitions.archive(ctx, id));
  }

  @Post('custom-fields/:id/restore')
  @Allow(FieldsPermission.manage)
  @Returns(CustomFieldView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toCustomFieldView(ctx, await this.definitions.restore(ctx, id));
  }

  /** The fields a client is shown, in his language. */
  @Get('portal/custom-fields')
  @PortalOnly()
  @ReturnsList(PortalCustomFieldView)
  async listForClient(@Context() ctx: Ctx, @Query() { subject }: PortalCustomFieldsQuery) {
    const fields = await this.definitions.list(ctx, { subject });
    const shown = fields.filter(({ isClientVisible }) => isClientVisible);
    return { data: shown.map((field) => toPortalCustomFieldView(ctx, field)) };
  }
}
