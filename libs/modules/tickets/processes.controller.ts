import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import {
  CreateProcess,
  CreateStatus,
  CreateTransition,
  PartOfProcessParam,
  UpdateProcess,
  UpdateStatus,
  UpdateTransition,
} from './processes.dto';
import { ProcessRowView, ProcessView, toProcessRowView, toProcessView } from './process-views.dto';
import { Processes } from './processes.service';
import { TicketPermission } from './tickets.access';

/** Every change answers the whole process with what is wrong in it. */
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

  @Post(':id/statuses')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView, 201)
  async addStatus(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: CreateStatus) {
    return toProcessView(ctx, await this.processes.addStatus(ctx, id, input));
  }

  @Patch(':id/statuses/:partId')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async updateStatus(@Context() ctx: Ctx, @Param() { id, partId }: PartOfProcessParam, @Body() input: UpdateStatus) {
    return toProcessView(ctx, await this.processes.updateStatus(ctx, id, partId, input));
  }

  /** Only a status that no ticket stands in and no transition touches. */
  @Delete(':id/statuses/:partId')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async removeStatus(@Context() ctx: Ctx, @Param() { id, partId }: PartOfProcessParam) {
    return toProcessView(ctx, await this.processes.removeStatus(ctx, id, partId));
  }

  @Post(':id/transitions')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView, 201)
  async addTransition(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: CreateTransition) {
    return toProcessView(ctx, await this.processes.addTransition(ctx, id, input));
  }

  @Patch(':id/transitions/:partId')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async updateTransition(
    @Context() ctx: Ctx,
    @Param() { id, partId }: PartOfProcessParam,
    @Body() input: UpdateTransition,
  ) {
    return toProcessView(ctx, await this.processes.updateTransition(ctx, id, partId, input));
  }

  @Delete(':id/transitions/:partId')
  @Allow(TicketPermission.configure)
  @Returns(ProcessView)
  async removeTransition(@Context() ctx: Ctx, @Param() { id, partId }: PartOfProcessParam) {
    return toProcessView(ctx, await this.processes.removeTransition(ctx, id, partId));
  }
}
