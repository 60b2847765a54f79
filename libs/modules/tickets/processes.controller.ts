import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import { CreateProcess, UpdateProcess } from './processes.dto';
import { ProcessRowView, ProcessView, toProcessRowView, toProcessView } from './process-views.dto';
import { Processes } from './processes.service';
import { TicketPermission } from './tickets.access';

@ApiTags('processes')
@Controller('processes')
export class ProcessesController {
  constructor(private readonly processes: Processes) {}

  @Get()
  @SignedIn()
  @ReturnsList(ProcessRowView)
  async list(@Context() ctx: Ctx) {
    return { data: (await this.processes.list(ctx)).map((process) => toProcessRowView(ctx, process)) };
  }

  /** Makes a process as a copy of another, or a variant of one. */
  @Post()
  @Allow(TicketPermission.configure)
  @Returns(ProcessView, 201)
  async create(@Context() ctx: Ctx, @Body() input: CreateProcess) {
    return toProcessView(ctx, await this.processes.create(ctx, input));
  }

  @Patch(':id')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async update(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateProcess) {
    return toProcessView(ctx, await this.processes.update(ctx, id, input));
  }
}
