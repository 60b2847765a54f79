import { Body, Controller, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import {
  ApprovalIndexView,
  ApprovalItemView,
  ApprovalRoleView,
  ApprovalSettingsView,
  CreateApprovalIndex,
  CreateApprovalItem,
  CreateApprovalRole,
  UpdateApprovalIndex,
  UpdateApprovalItem,
  UpdateApprovalRole,
  UpdateApprovalSettings,
} from './approval-catalogue.dto';
import { ApprovalCatalogue, type ItemRow } from './approval-catalogue.service';
import type { ApprovalIndex } from './approval-route.entity';
import { ApprovalPermission } from './approvals.access';
import { moneyText } from './route-choice';

@ApiTags('approvals')
@Controller()
export class ApprovalCatalogueController {
  constructor(private readonly catalogue: ApprovalCatalogue) {}

  /** Kinds of requests. */
  @Get('approval-kinds')
  @SignedIn()
  @ReturnsList(ApprovalItemView)
  async kinds(@Context() ctx: Ctx) {
    return { data: (await this.catalogue.list(ctx, 'kind')).map((row) => toItemView(ctx, row)) };
  }

  @Post('approval-kinds')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalItemView, 201)
  async createKind(@Context() ctx: Ctx, @Body() input: CreateApprovalItem) {
    return toItemView(ctx, await this.catalogue.create(ctx, 'kind', input));
  }

  @Patch('approval-kinds/:id')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalItemView)
  async updateKind(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateApprovalItem) {
    return toItemView(ctx, await this.catalogue.update(ctx, 'kind', id, input));
  }

  /** Kinds of documents that stages may demand. */
  @Get('approval-document-kinds')
  @SignedIn()
  @ReturnsList(ApprovalItemView)
  async documentKinds(@Context() ctx: Ctx) {
    return { data: (await this.catalogue.list(ctx, 'document')).map((row) => toItemView(ctx, row)) };
  }

  @Post('approval-document-kinds')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalItemView, 201)
  async createDocumentKind(@Context() ctx: Ctx, @Body() input: CreateApprovalItem) {
    return toItemView(ctx, await this.catalogue.create(ctx, 'document', input));
  }

  @Patch('approval-document-kinds/:id')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalItemView)
  async updateDocumentKind(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateApprovalItem) {
    return toItemView(ctx, await this.catalogue.update(ctx, 'document', id, input));
  }

  /** Roles of approvers with their holders. */
  @Get('approval-roles')
  @SignedIn()
  @ReturnsList(ApprovalRoleView)
  async roles(@Context() ctx: Ctx) {
    return { data: (await this.catalogue.list(ctx, 'role')).map((row) => toRoleView(ctx, row)) };
  }

  @Post('approval-roles')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalRoleView, 201)
  async createRole(@Context() ctx: Ctx, @Body() input: CreateApprovalRole) {
    return toRoleView(ctx, await this.catalogue.create(ctx, 'role', input));
  }

  @Patch('approval-roles/:id')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalRoleView)
  async updateRole(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateApprovalRole) {
    return toRoleView(ctx, await this.catalogue.update(ctx, 'role', id, input));
  }

  /** Indexes that limits are counted in, with their values by date. */
  @Get('approval-indexes')
  @SignedIn()
  @ReturnsList(ApprovalIndexView)
  async indexes(@Context() ctx: Ctx) {
    return { data: (await this.catalogue.indexes(ctx)).map((row) => toIndexView(ctx, row)) };
  }

  @Post('approval-indexes')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalIndexView, 201)
  async createIndex(@Context() ctx: Ctx, @Body() input: CreateApprovalIndex) {
    return toIndexView(ctx, await this.catalogue.createIndex(ctx, input));
  }

  /** Requests keep the value of their own day. */
  @Patch('approval-indexes/:id')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalIndexView)
  async updateIndex(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateApprovalIndex) {
    return toIndexView(ctx, await this.catalogue.updateIndex(ctx, id, input));
  }

  @Get('approval-settings')
  @SignedIn()
  @Returns(ApprovalSettingsView)
  async settings(@Context() ctx: Ctx) {
    const { currency } = await this.catalogue.settings(ctx);
    return { currency };
  }

  @Put('approval-settings')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalSettingsView)
  async updateSettings(@Context() ctx: Ctx, @Body() input: UpdateApprovalSettings) {
    const { currency } = await this.catalogue.updateSettings(ctx, input);
    return { currency };
  }
}

const toItemView = ({ locale }: Ctx, { id, code, name, isActive }: ItemRow): ApprovalItemView => ({
  id,
  code,
  name,
  label: name[locale],
  isActive,
});

const toRoleView = (ctx: Ctx, row: ItemRow): ApprovalRoleView => ({ ...toItemView(ctx, row), holders: row.holders });

const toIndexView = ({ locale }: Ctx, { id, code, name, currency, values }: ApprovalIndex): ApprovalIndexView => ({
  id,
  code,
  name,
  label: name[locale],
  currency,
  values: values.map(({ from, value }) => ({ from, value: moneyText(value) })),
});
