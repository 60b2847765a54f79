import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { ReturnsList } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { ProcessBindingView, ReplaceBindings } from './process-bindings.dto';
import { ProcessBindings } from './process-bindings.service';
import { TicketPermission } from './tickets.access';

@ApiTags('processes')
@Controller('process-bindings')
export class ProcessBindingsController {
  constructor(private readonly bindings: ProcessBindings) {}

  /** Which process tickets go by, the first row that fits; without one, by the process of their type. */
  @Get()
  @Allow(TicketPermission.configure)
  @ReturnsList(ProcessBindingView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.bindings.list(ctx) };
  }

  /** Replaces the whole list. Rows that could never apply are refused. */
  @Put()
  @Allow(TicketPermission.configure)
  @ReturnsList(ProcessBindingView)
  async replace(@Context() ctx: Ctx, @Body() { bindings }: ReplaceBindings) {
    return { data: await this.bindings.replace(ctx, bindings) };
  }
}
