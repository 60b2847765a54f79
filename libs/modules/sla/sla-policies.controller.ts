import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, IfMatch, Returns, ReturnsList, ReturnsNothing, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { CheckPolicy, CreatePolicy, PolicyOrder, UpdatePolicy } from './sla-policies.dto';
import { PolicyCheckView, PolicyView } from './sla-policy-views.dto';
import { SlaPolicies } from './sla-policies.service';
import { SlaPermission } from './sla.access';

@ApiTags('sla')
@Controller('sla/policies')
export class SlaPoliciesController {
  constructor(private readonly policies: SlaPolicies) {}

  /** In the order in which they are tried: the first that matches counts. */
  @Get()
  @Allow(SlaPermission.read, SlaPermission.manage)
  @ReturnsList(PolicyView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.policies.list(ctx) };
  }

  /** A condition that nothing can meet is refused; what the order does to policies is in `findings`. */
  @Post()
  @Allow(SlaPermission.manage)
  @Returns(PolicyView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreatePolicy, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.policies.create(ctx, input));
  }

  /** The order: every policy, each once. */
  @Put('order')
  @Allow(SlaPermission.manage)
  @ReturnsList(PolicyView)
  async order(@Context() ctx: Ctx, @Body() { ids }: PolicyOrder) {
    return { data: await this.policies.order(ctx, ids) };
  }

  /** Policies that never get their turn, and pairs between which the order decides. Nothing is saved. */
  @Post('check')
  @Allow(SlaPermission.read, SlaPermission.manage)
  @Returns(PolicyCheckView)
  async check(@Context() ctx: Ctx, @Body() input: CheckPolicy) {
    return { findings: await this.policies.check(ctx, input) };
  }

  @Get(':id')
  @Allow(SlaPermission.read, SlaPermission.manage)
  @Returns(PolicyView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.policies.get(ctx, id));
  }

  /** Fields that are left out stay; `metrics` are replaced as a whole. */
  @Patch(':id')
  @ApiExtension('x-versioned', true)
  @Allow(SlaPermission.manage)
  @Returns(PolicyView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() version: number,
    @Body() input: UpdatePolicy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, await this.policies.update(ctx, id, version, input));
  }

  /** Tickets that were promised something by it keep the promise. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(SlaPermission.manage)
  @ReturnsNothing()
  remove(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.policies.remove(ctx, id);
  }
}
