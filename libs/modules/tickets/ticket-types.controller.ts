import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import {
  CreatePriority,
  CreateTicketType,
  PriorityView,
  TicketTypeView,
  toPriorityView,
  toTicketTypeView,
  UpdatePriority,
  UpdateTicketType,
} from './ticket-types.dto';
import { TicketTypes } from './ticket-types.service';
import { TicketPermission } from './tickets.access';

@ApiTags('ticket-types')
@Controller()
export class TicketTypesController {
  constructor(private readonly types: TicketTypes) {}

  /** Every type, in the archive too. */
  @Get('ticket-types')
  @SignedIn()
  @ReturnsList(TicketTypeView)
  async listTypes(@Context() ctx: Ctx) {
    return { data: (await this.types.listTypes(ctx)).map((type) => toTicketTypeView(ctx, type)) };
  }

  @Post('ticket-types')
  @Allow(TicketPermission.configure)
  @Returns(TicketTypeView, 201)
  async createType(@Context() ctx: Ctx, @Body() input: CreateTicketType) {
    return toTicketTypeView(ctx, await this.types.createType(ctx, input));
  }

  @Patch('ticket-types/:id')
  @Allow(TicketPermission.configure)
  @Returns(TicketTypeView)
  async updateType(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateTicketType) {
    return toTicketTypeView(ctx, await this.types.updateType(ctx, id, input));
  }

  /** Every priority, the least urgent first. */
  @Get('priorities')
  @SignedIn()
  @ReturnsList(PriorityView)
  async listPriorities(@Context() ctx: Ctx) {
    return { data: (await this.types.listPriorities(ctx)).map((priority) => toPriorityView(ctx, priority)) };
  }

  @Post('priorities')
  @Allow(TicketPermission.configure)
  @Returns(PriorityView, 201)
  async createPriority(@Context() ctx: Ctx, @Body() input: CreatePriority) {
    return toPriorityView(ctx, await this.types.createPriority(ctx, input));
  }

  @Patch('priorities/:id')
  @Allow(TicketPermission.configure)
  @Returns(PriorityView)
  async updatePriority(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdatePriority) {
    return toPriorityView(ctx, await this.types.updatePriority(ctx, id, input));
  }
}
