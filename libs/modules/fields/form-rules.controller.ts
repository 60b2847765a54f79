import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsList, ReturnsNothing, withEtag } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { ConditionFieldsQuery } from './conditions.dto';
import { FieldCatalogue } from './field-catalogue.service';
import { FieldsPermission } from './fields.access';
import {
  CreateFormRule,
  FormFieldView,
  FormRuleView,
  ListFormRules,
  OrderFormRules,
  toFormRuleView,
  UpdateFormRule,
} from './form-rules.dto';
import { FormRules } from './form-rules.service';

@ApiTags('form-rules')
@Controller()
export class FormRulesController {
  constructor(
    private readonly rules: FormRules,
    private readonly catalogue: FieldCatalogue,
  ) {}

  /** The fields a form may show, and so a rule may speak of. */
  @Get('form-fields')
  @SignedIn()
  @ReturnsList(FormFieldView)
  async fields(@Context() ctx: Ctx, @Query() { subject }: ConditionFieldsQuery) {
    return { data: (await this.catalogue.formOf(ctx, subject)).map((field) => ({ ...field, ops: [...field.ops] })) };
  }

  /** The rules in the order in which they speak: a later one outranks an earlier one. */
  @Get('form-rules')
  @SignedIn()
  @ReturnsList(FormRuleView)
  async list(@Context() ctx: Ctx, @Query() { subject = 'ticket' }: ListFormRules) {
    return { data: (await this.rules.list(ctx, subject)).map(toFormRuleView) };
  }

  /** Adds a rule at the end. One that can never be obeyed is refused with the place. */
  @Post('form-rules')
  @Allow(FieldsPermission.manage)
  @Returns(FormRuleView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateFormRule, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toFormRuleView(await this.rules.create(ctx, input)));
  }

  /** Sets the order of every rule of a subject. */
  @Put('form-rules/order')
  @Allow(FieldsPermission.manage)
  @ReturnsList(FormRuleView)
  async order(@Context() ctx: Ctx, @Body() input: OrderFormRules) {
    return { data: (await this.rules.order(ctx, input)).map(toFormRuleView) };
  }

  @Get('form-rules/:id')
  @SignedIn()
  @Returns(FormRuleView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toFormRuleView(await this.rules.get(ctx, id)));
  }

  @Patch('form-rules/:id')
  @Allow(FieldsPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(FormRuleView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateFormRule,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toFormRuleView(await this.rules.update(ctx, id, seen, input)));
  }

  @Delete('form-rules/:id')
  @Allow(FieldsPermission.manage)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdParam): Promise<void> {
    await this.rules.delete(ctx, id);
  }
}
