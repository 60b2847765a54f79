import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExtension, ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import {
  IdOrNumberParam,
  IdParam,
  IfMatch,
  mapPage,
  PageQuery,
  Returns,
  ReturnsNothing,
  ReturnsPage,
  withEtag,
} from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { BillingPermission } from './billing.access';
import {
  CreateTimeEntry,
  FilterTimeEntries,
  ListTimeEntries,
  TicketTimeView,
  TimeEntryView,
  TimeTotalsView,
  toTimeEntryView,
  toTimeTotalsView,
  UpdateTimeEntry,
} from './time-entries.dto';
import { TicketTimes } from './ticket-times.service';
import { TimeEntries } from './time-entries.service';

@ApiTags('time')
@Controller()
export class TimeEntriesController {
  constructor(
    private readonly entries: TimeEntries,
    private readonly times: TicketTimes,
  ) {}

  /** Entries of worked time on a ticket, the latest day first. */
  @Get('tickets/:id/time-entries')
  @Allow(BillingPermission.read, BillingPermission.log_time)
  @ReturnsPage(TimeEntryView)
  async ofTicket(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() query: PageQuery) {
    return mapPage(await this.entries.ofTicket(ctx, id, query), (row) => toTimeEntryView(ctx, row));
  }

  /** How long was worked on a ticket, with the tickets below it, and by whom. */
  @Get('tickets/:id/time-summary')
  @Allow(BillingPermission.read, BillingPermission.log_time)
  @Returns(TicketTimeView)
  summary(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return this.times.summary(ctx, id);
  }

  /** Writes an entry. Hours that meet another entry of the same person are kept and told in `warnings`. */
  @Post('tickets/:id/time-entries')
  @Allow(BillingPermission.log_time)
  @Returns(TimeEntryView, 201)
  async create(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Body() input: CreateTimeEntry,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { row, warnings } = await this.entries.create(ctx, id, input);
    return withEtag(reply, toTimeEntryView(ctx, row, warnings));
  }

  /** Entries by period, person, client and words, the latest day first: one's own, and others' with `billing.read`. */
  @Get('time-entries')
  @Allow(BillingPermission.read, BillingPermission.log_time)
  @ReturnsPage(TimeEntryView)
  async list(@Context() ctx: Ctx, @Query() query: ListTimeEntries) {
    return mapPage(await this.entries.list(ctx, query), (row) => toTimeEntryView(ctx, row));
  }

  /** Sums over the entries that the same filter lists. */
  @Get('time-entries/totals')
  @Allow(BillingPermission.read, BillingPermission.log_time)
  @Returns(TimeTotalsView)
  async totals(@Context() ctx: Ctx, @Query() query: FilterTimeEntries) {
    return toTimeTotalsView(await this.entries.totals(ctx, query));
  }

  @Get('time-entries/:id')
  @Allow(BillingPermission.read, BillingPermission.log_time)
  @Returns(TimeEntryView)
  async get(@Context() ctx: Ctx, @Param() { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, toTimeEntryView(ctx, await this.entries.get(ctx, id)));
  }

  /** Changes an entry: one's own within the edit window, any with `billing.edit_any`; never in a closed period. */
  @Patch('time-entries/:id')
  @Allow(BillingPermission.log_time, BillingPermission.edit_any)
  @ApiExtension('x-versioned', true)
  @Returns(TimeEntryView)
  async update(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @IfMatch() seen: number,
    @Body() input: UpdateTimeEntry,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { row, warnings } = await this.entries.update(ctx, id, seen, input);
    return withEtag(reply, toTimeEntryView(ctx, row, warnings));
  }

  /** Takes an entry back; the ticket's history keeps it. */
  @Delete('time-entries/:id')
  @Allow(BillingPermission.log_time, BillingPermission.edit_any)
  @ReturnsNothing()
  async remove(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.entries.remove(ctx, id);
  }
}
