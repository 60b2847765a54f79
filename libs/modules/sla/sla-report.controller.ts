import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AskReport,
  AskReportTickets,
  ListStuck,
  ReportTicketView,
  ReportView,
  StuckTicketView,
} from './sla-report.dto';
import { SlaReports } from './sla-report.service';
import { SlaPermission } from './sla.access';

@ApiTags('sla')
@Controller('sla')
export class SlaReportController {
  constructor(private readonly reports: SlaReports) {}

  /** How promises were kept: met, missed, excused, by line, company, employee, type or month. Counts the computed ends, not those set by hand. */
  @Get('report')
  @Allow(SlaPermission.read)
  @Returns(ReportView)
  report(@Context() ctx: Ctx, @Query() query: AskReport) {
    return this.reports.report(ctx, query);
  }

  /** Exactly the tickets a figure of the report counts. */
  @Get('report/tickets')
  @Allow(SlaPermission.read)
  @ReturnsPage(ReportTicketView)
  tickets(@Context() ctx: Ctx, @Query() query: AskReportTickets) {
    return this.reports.tickets(ctx, query);
  }

  /** «Stuck»: open tickets that stay in a status longer than they may, the longest first. */
  @Get('stuck')
  @Allow(SlaPermission.read)
  @ReturnsPage(StuckTicketView)
  stuck(@Context() ctx: Ctx, @Query() query: ListStuck) {
    return this.reports.stuck(ctx, query);
  }
}
