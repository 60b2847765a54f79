import { Context, type Ctx } from '@opora/platform/context';
import {
  IdOrNumberParam,
  IdParam,
  IfMatch,
  mapPage,
  PageQuery,
  Returns,
  ReturnsList,
  ReturnsNothing,
  ReturnsPage,
  withEtag,
} from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { TicketPermission } from '@opora/modules/tickets';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AutomationPermission } from './automation.access';
import { ListRuleAlarms } from './rule-alarms.dto';
import { RuleAlarms } from './rule-alarms.service';
import { ListRuleFirings } from './rule-firings.dto';
import { RuleFirings } from './rule-firings.service';
import { RuleTester } from './rule-tester.service';
import { RuleTriggers } from './rule-triggers.service';
import {
  RuleAlarmView,
  RuleDeliveryView,
  RuleFiringRowView,
  RuleFiringView,
  RuleTestView,
  RuleTriggersView,
  RuleVersionView,
  RuleView,
} from './rule-views.dto';
import { RuleViews } from './rule-views.service';
import { toAlarmView, toDeliveryView, toFiringRowView, toFiringView, toVersionView } from './rule-views';
import { CreateRule, OrderRules, RuleVersionParam, TestRule, UpdateRule } from './rules.dto';
import { Rules } from './rules.service';
import { Webhooks } from './webhooks.service';

@ApiTags('rules')
@Controller()
export class RulesController {
  constructor(
    private readonly rules: Rules,
    private readonly views: RuleViews,
    private readonly triggers: RuleTriggers,
    private readonly tester: RuleTester,
  ) {}

  /** Events, moments and fields a rule may wait for, with what its condition may ask of them. */
  @Get('rule-triggers')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @Returns(RuleTriggersView)
  offered(@Context() ctx: Ctx) {
    return this.triggers.offered(ctx);
  }

  /** In the order in which they are asked. */
  @Get('rules')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @ReturnsList(RuleView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.views.of(ctx, await this.rules.list(ctx)) };
  }

  /** Adds a rule at the end. What cannot work is refused with its place; what two rules do to each other is in `findings`. */
  @Post('rules')
  @Allow(AutomationPermission.manage)
  @Returns(RuleView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateRule, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.views.one(ctx, await this.rules.create(ctx, input)));
  }

  /** The order: every rule, each once. */
  @Put('rules/order')
  @Allow(AutomationPermission.manage)
  @ReturnsList(RuleView)
  async order(@Context() ctx: Ctx, @Body() { ids }: OrderRules) {
    return { data: await this.views.of(ctx, await this.rules.order(ctx, ids)) };
  }

  /** Tries a rule, saved or not, on a ticket: the condition clause by clause, what the actions would do. Nothing is written. */
  @Post('rules/test')
  @HttpCode(200)
  @Allow(AutomationPermission.manage)
  @Returns(RuleTestView)
  test(@Context() ctx: Ctx, @Body() input: TestRule) {
    return this.tester.test(ctx, input);
  }

  @Get('rules/:id')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @Returns(RuleView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.views.one(ctx, await this.rules.get(ctx, id)));
  }

  /** Fields that are left out stay. A masked secret means the one that is kept, as long as the address stays. */
  @Patch('rules/:id')
  @ApiExtension('x-versioned', true)
  @Allow(AutomationPermission.manage)
  @Returns(RuleView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdateRule,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, await this.views.one(ctx, await this.rules.update(ctx, id, version, input)));
  }

  /** Gone from the list; what it has done stays told. */
  @Delete('rules/:id')
  @Allow(AutomationPermission.manage)
  @ReturnsNothing()
  delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.rules.delete(ctx, id);
  }

  /** Everything the rule has ever said, the newest first. */
  @Get('rules/:id/versions')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @ReturnsList(RuleVersionView)
  async versions(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    const rule = await this.rules.get(ctx, id);
    return { data: (await this.rules.versions(ctx, rule.id)).map(toVersionView) };
  }

  /** An old version becomes the newest. */
  @Post('rules/:id/versions/:version/restore')
  @HttpCode(200)
  @Allow(AutomationPermission.manage)
  @Returns(RuleView)
  async restore(
    @Context() ctx: Ctx,
    @Param() { id, version }: RuleVersionParam,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, await this.views.one(ctx, await this.rules.restore(ctx, id, version)));
  }
}

@ApiTags('rules')
@Controller()
export class RuleFiringsController {
  constructor(
    private readonly rules: Rules,
    private readonly firings: RuleFirings,
    private readonly alarms: RuleAlarms,
    private readonly webhooks: Webhooks,
  ) {}

  /** What the rule did on tickets one may see, the newest first. */
  @Get('rules/:id/firings')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @ReturnsPage(RuleFiringRowView)
  async ofRule(@Context() ctx: Ctx, @Param() { id }: IdParam, @Query() query: ListRuleFirings) {
    const rule = await this.rules.get(ctx, id);
    return mapPage(await this.firings.ofRule(ctx, rule.id, query), (row) => toFiringRowView(ctx, row));
  }

  /** Requests the rule sent to outside systems, the newest first. */
  @Get('rules/:id/deliveries')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @ReturnsPage(RuleDeliveryView)
  async deliveries(@Context() ctx: Ctx, @Param() { id }: IdParam, @Query() query: PageQuery) {
    const rule = await this.rules.get(ctx, id);
    return mapPage(await this.webhooks.list(ctx, rule.id, query), toDeliveryView);
  }

  /** Which rules met this ticket. */
  @Get('tickets/:id/rule-firings')
  @Allow(TicketPermission.read)
  @ReturnsPage(RuleFiringRowView)
  async ofTicket(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() query: ListRuleFirings) {
    return mapPage(await this.firings.ofTicket(ctx, id, query), (row) => toFiringRowView(ctx, row));
  }

  /** «Why»: the condition with the values of that moment, and what was changed. */
  @Get('rule-firings/:id')
  @Allow(TicketPermission.read)
  @Returns(RuleFiringView)
  async firing(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toFiringView(ctx, await this.firings.get(ctx, id));
  }

  /** Rules that were stopped, the newest first. */
  @Get('rule-alarms')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @ReturnsPage(RuleAlarmView)
  async alarmed(@Context() ctx: Ctx, @Query() query: ListRuleAlarms) {
    return mapPage(await this.alarms.list(ctx, query), (row) => toAlarmView(ctx, row));
  }

  /** Somebody has seen to it; the next time is told anew. */
  @Post('rule-alarms/:id/resolve')
  @HttpCode(200)
  @Allow(AutomationPermission.manage)
  @Returns(RuleAlarmView)
  async resolve(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toAlarmView(ctx, await this.alarms.resolve(ctx, id));
  }
}
