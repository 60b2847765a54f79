import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, IdParam, Returns, ReturnsList, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AskExcuse,
  CreateExcuseReason,
  DecideExcuse,
  ExcuseReasonView,
  ExcuseView,
  ListExcuses,
  UpdateExcuseReason,
} from './sla-excuses.dto';
import { SlaExcuses } from './sla-excuses.service';
import { SlaPermission } from './sla.access';

@ApiTags('sla')
@Controller()
export class SlaExcusesController {
  constructor(private readonly excuses: SlaExcuses) {}

  /** Asks to excuse a missed promise: a reason of the catalogue, words, evidence. Somebody else decides. */
  @Post('tickets/:id/sla/excuses')
  @Allow(SlaPermission.excuse)
  @Returns(ExcuseView, 201)
  ask(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: AskExcuse) {
    return this.excuses.ask(ctx, id, input);
  }

  /** Excuses of the tickets one may see, the newest first. */
  @Get('sla/excuses')
  @Allow(SlaPermission.read, SlaPermission.excuse, SlaPermission.approve_excuse)
  @ReturnsPage(ExcuseView)
  list(@Context() ctx: Ctx, @Query() query: ListExcuses) {
    return this.excuses.list(ctx, query);
  }

  @Post('sla/excuses/:id/approve')
  @Allow(SlaPermission.approve_excuse)
  @Returns(ExcuseView)
  approve(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { note }: DecideExcuse) {
    return this.excuses.decide(ctx, id, 'approved', note);
  }

  @Post('sla/excuses/:id/decline')
  @Allow(SlaPermission.approve_excuse)
  @Returns(ExcuseView)
  decline(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { note }: DecideExcuse) {
    return this.excuses.decide(ctx, id, 'declined', note);
  }

  /** The catalogue of reasons, archived ones too. */
  @Get('sla/excuse-reasons')
  @Allow(TicketPermission.read)
  @ReturnsList(ExcuseReasonView)
  async reasons(@Context() ctx: Ctx) {
    return { data: await this.excuses.reasons(ctx) };
  }

  @Post('sla/excuse-reasons')
  @Allow(SlaPermission.manage)
  @Returns(ExcuseReasonView, 201)
  createReason(@Context() ctx: Ctx, @Body() input: CreateExcuseReason) {
    return this.excuses.createReason(ctx, input);
  }

  @Patch('sla/excuse-reasons/:id')
  @Allow(SlaPermission.manage)
  @Returns(ExcuseReasonView)
  updateReason(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateExcuseReason) {
    return this.excuses.updateReason(ctx, id, input);
  }
}
