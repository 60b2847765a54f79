import { Body, Controller, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import {
  IdParam,
  IfMatch,
  mapPage,
  Returns,
  ReturnsList,
  ReturnsNothing,
  ReturnsPage,
  withEtag,
} from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { toApprovalRouteView, toRouteVersionView } from './approval-route-views';
import { ApprovalRouteVersionView, ApprovalRouteView } from './approval-route-views.dto';
import {
  ChooseApprovalRoute,
  CreateApprovalRoute,
  ListApprovalRoutes,
  OrderApprovalRoutes,
  UpdateApprovalRoute,
} from './approval-routes.dto';
import { ApprovalRoutes } from './approval-routes.service';
import { RouteChoiceView } from './approval-plans.dto';
import { ApprovalPermission } from './approvals.access';
import { Approvals } from './approvals.service';
import { toChoiceView } from './route-choice-view';

@ApiTags('approvals')
@Controller('approval-routes')
export class ApprovalRoutesController {
  constructor(
    private readonly routes: ApprovalRoutes,
    private readonly approvals: Approvals,
  ) {}

  /** Routes in the order in which they are chosen. */
  @Get()
  @SignedIn()
  @ReturnsPage(ApprovalRouteView)
  async list(@Context() ctx: Ctx, @Query() query: ListApprovalRoutes) {
    return mapPage(await this.routes.list(ctx, query), (row) => toApprovalRouteView(ctx, row));
  }

  @Post()
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalRouteView, 201)
  async create(
    @Context() ctx: Ctx,
    @Body() input: CreateApprovalRoute,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toApprovalRouteView(ctx, await this.routes.create(ctx, input)));
  }

  /** Which route a kind and an amount lead to on a day, and why not the others. */
  @Post('choose')
  @Allow(ApprovalPermission.start, ApprovalPermission.manage)
  @Returns(RouteChoiceView)
  async choose(@Context() ctx: Ctx, @Body() input: ChooseApprovalRoute) {
    const plan = await this.approvals.plan(ctx, input);
    return toChoiceView(ctx, plan.choice, plan);
  }

  @Put('order')
  @Allow(ApprovalPermission.manage)
  @ReturnsNothing()
  async order(@Context() ctx: Ctx, @Body() input: OrderApprovalRoutes): Promise<void> {
    await this.routes.reorder(ctx, input);
  }

  @Get(':id')
  @SignedIn()
  @Returns(ApprovalRouteView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toApprovalRouteView(ctx, await this.routes.get(ctx, id)));
  }

  /** Changes what is given, as a new version. Requests on their way stay as they began. */
  @Patch(':id')
  @Allow(ApprovalPermission.manage)
  @ApiExtension('x-versioned', true)
  @Returns(ApprovalRouteView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateApprovalRoute,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, toApprovalRouteView(ctx, await this.routes.update(ctx, id, seen, input)));
  }

  /** Takes the route out of use. */
  @Post(':id/archive')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalRouteView)
  async archive(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toApprovalRouteView(ctx, await this.routes.setArchived(ctx, id, true));
  }

  @Post(':id/restore')
  @Allow(ApprovalPermission.manage)
  @Returns(ApprovalRouteView)
  async restore(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toApprovalRouteView(ctx, await this.routes.setArchived(ctx, id, false));
  }

  /** Every version, the newest first. */
  @Get(':id/versions')
  @Allow(ApprovalPermission.manage)
  @ReturnsList(ApprovalRouteVersionView)
  async versions(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return { data: (await this.routes.versions(ctx, id)).map((row) => toRouteVersionView(ctx, row)) };
  }
}
