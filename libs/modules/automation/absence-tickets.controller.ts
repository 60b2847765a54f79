import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { AbsenceHandOverView, AbsenceTicketsView, HandOverAbsence } from './absence-tickets.dto';
import { AbsenceTickets } from './absence-tickets.service';

@ApiTags('automation')
@Controller('absences/:id')
export class AbsenceTicketsController {
  constructor(private readonly absenceTickets: AbsenceTickets) {}

  /** How many open tickets wait for somebody who is away. */
  @Get('tickets')
  @Allow(TicketPermission.assign)
  @Returns(AbsenceTicketsView)
  count(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return this.absenceTickets.count(ctx, id);
  }

  /** Hands them over to whoever stands in: each by itself, at most 500 at once; what is refused is named. */
  @Post('hand-over')
  @HttpCode(200)
  @Allow(TicketPermission.assign)
  @Returns(AbsenceHandOverView)
  handOver(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: HandOverAbsence) {
    return this.absenceTickets.handOver(ctx, id, input);
  }
}
