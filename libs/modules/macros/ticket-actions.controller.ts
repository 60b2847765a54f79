import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { ReturnsList } from '@opora/platform/http';
import { SignedIn } from '@opora/platform/permissions';
import type { TicketAction } from './ticket-action';
import { ListTicketActions, TicketActionView } from './ticket-actions.dto';
import { TicketActions } from './ticket-actions.service';

@ApiTags('macros')
@Controller('ticket-actions')
export class TicketActionsController {
  constructor(private readonly actions: TicketActions) {}

  /** What macros, rules and bulk changes may do to tickets, with the settings of each. */
  @Get()
  @SignedIn()
  @ReturnsList(TicketActionView)
  async list(@Context() ctx: Ctx, @Query() query: ListTicketActions) {
    return {
      data: await Promise.all(this.actions.offered(query.for).map((action) => toTicketActionView(ctx, action))),
    };
  }
}

async function toTicketActionView(ctx: Ctx, { name, label, params }: TicketAction): Promise<TicketActionView> {
  return {
    name,
    label: label(ctx),
    params: await Promise.all(
      params.map(async (param) => ({
        name: param.name,
        type: param.type,
        label: param.label(ctx),
        hint: param.hint?.(ctx) ?? null,
        isRequired: param.isRequired ?? false,
        options: (await param.options?.(ctx)) ?? null,
        min: param.min ?? null,
        max: param.max ?? null,
      })),
    ),
  };
}
