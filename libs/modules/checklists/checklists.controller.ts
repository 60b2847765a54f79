import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { Files } from '@opora/platform/files';
import {
  IdOrNumberParam,
  IdParam,
  IfMatch,
  Returns,
  ReturnsList,
  ReturnsNothing,
  withEtag,
} from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { CreateChecklistItem, UpdateChecklistItem } from './checklist-items.dto';
import { ChecklistItems } from './checklist-items.service';
import { ChecklistMarks, type WrittenMarks } from './checklist-marks.service';
import { type ChecklistRow, toChecklistView, toMarkView } from './checklist-views';
import { ChecklistPermission } from './checklists.access';
import { MarkItem, MarkMany, UnmarkQuery } from './checklist-marks.dto';
import { ChecklistMarksView, ChecklistView } from './checklist-views.dto';
import { CreateChecklist, UpdateChecklist } from './checklists.dto';
import { Checklists } from './checklists.service';

@ApiTags('checklists')
@Controller()
export class ChecklistsController {
  constructor(
    private readonly checklists: Checklists,
    private readonly items: ChecklistItems,
    private readonly marks: ChecklistMarks,
    private readonly files: Files,
  ) {}

  /** Checklists of a ticket with their items and ticks. */
  @Get('tickets/:id/checklists')
  @Allow(TicketPermission.read)
  @ReturnsList(ChecklistView)
  async ofTicket(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return { data: (await this.checklists.ofTicket(ctx, id)).map((row) => this.show(ctx, row)) };
  }

  /** Puts a checklist on a ticket: a template's, or one of its own. */
  @Post('tickets/:id/checklists')
  @Allow(ChecklistPermission.tick)
  @Returns(ChecklistView, 201)
  async create(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Body() input: CreateChecklist,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, this.show(ctx, await this.checklists.create(ctx, id, input)));
  }

  /** Renames, moves, or changes the people or objects of a matrix. */
  @Patch('checklists/:id')
  @Allow(ChecklistPermission.tick)
  @ApiExtension('x-versioned', true)
  @Returns(ChecklistView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateChecklist,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withEtag(reply, this.show(ctx, await this.checklists.update(ctx, id, seen, input)));
  }

  /** Takes a checklist off its ticket; one with ticks only with `checklists.manage`. */
  @Delete('checklists/:id')
  @Allow(ChecklistPermission.tick)
  @ReturnsNothing()
  async remove(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.checklists.remove(ctx, id);
  }

  @Post('checklists/:id/items')
  @Allow(ChecklistPermission.tick)
  @Returns(ChecklistView, 201)
  async addItem(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: CreateChecklistItem) {
    return this.show(ctx, await this.items.add(ctx, id, input));
  }

  /** Changes an item; `If-Match` carries the item's version. */
  @Patch('checklist-items/:id')
  @Allow(ChecklistPermission.tick)
  @ApiExtension('x-versioned', true)
  @Returns(ChecklistView)
  async updateItem(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateChecklistItem,
  ) {
    return this.show(ctx, await this.items.update(ctx, id, seen, input));
  }

  @Delete('checklist-items/:id')
  @Allow(ChecklistPermission.tick)
  @Returns(ChecklistView)
  async removeItem(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.show(ctx, await this.items.remove(ctx, id));
  }

  /** Ticks an item, with its result. */
  @Put('checklist-items/:id/mark')
  @Allow(ChecklistPermission.tick)
  @Returns(ChecklistMarksView)
  async mark(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: MarkItem) {
    return this.written(ctx, await this.marks.mark(ctx, id, input));
  }

  /** Takes a tick away; the ticket's history keeps what it said. */
  @Delete('checklist-items/:id/mark')
  @Allow(ChecklistPermission.tick)
  @Returns(ChecklistMarksView)
  async unmark(@Context() ctx: Ctx, @Param() { id }: IdParam, @Query() { subjectId }: UnmarkQuery) {
    return this.written(ctx, await this.marks.unmark(ctx, id, subjectId));
  }

  /** Many ticks at once, all or none. */
  @Put('checklists/:id/marks')
  @Allow(ChecklistPermission.tick)
  @Returns(ChecklistMarksView)
  async markMany(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { marks }: MarkMany) {
    return this.written(ctx, await this.marks.markMany(ctx, id, marks));
  }

  private written(ctx: Ctx, { checklistId, marks, progress }: WrittenMarks): ChecklistMarksView {
    return { checklistId, marks: marks.map((mark) => toMarkView(mark, (id) => this.files.urlOf(ctx, id))), progress };
  }

  private show(ctx: Ctx, row: ChecklistRow): ChecklistView {
    return toChecklistView(row, (fileId) => this.files.urlOf(ctx, fileId));
  }
}
