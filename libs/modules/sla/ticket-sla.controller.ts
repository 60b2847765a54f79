import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, Returns } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { csvOf, ExplanationView } from './sla-explanation';
import { SlaPermission } from './sla.access';
import { AskExplanation, SetArrival, SetDeadline, TicketSlaView } from './ticket-sla.dto';
import { TicketSlas } from './ticket-sla.service';

@ApiTags('sla')
@Controller('tickets/:id/sla')
export class TicketSlaController {
  constructor(private readonly slas: TicketSlas) {}

  /** What the ticket was promised and why, how its clocks stand, whose every second of it was. */
  @Get()
  @Allow(TicketPermission.read)
  @Returns(TicketSlaView)
  get(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return this.slas.get(ctx, id);
  }

  /** «Why is it due at 14:37»: starts, pauses, closed hours and changes of rules; they add up to the second. `format=csv` for a dispute. */
  @Get('explanation')
  @Allow(TicketPermission.read)
  @HttpCode(200)
  @ApiExtraModels(ExplanationView)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ExplanationView) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  async explain(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Query() query: AskExplanation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExplanationView | string> {
    const explanation = await this.slas.explain(ctx, id, query);
    if (query.format !== 'csv') return explanation;
    void reply.header('content-type', 'text/csv; charset=utf-8');
    void reply.header('content-disposition', `attachment; filename="sla-${id}-${query.metric}.csv"`);
    return csvOf(explanation);
  }

  /** Promises a date by hand, with a reason; the computed one stays beside it and is what reports count. */
  @Put('deadline')
  @Allow(SlaPermission.set_deadline)
  @Returns(TicketSlaView)
  setDeadline(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: SetDeadline) {
    return this.slas.setDeadline(ctx, id, input);
  }

  /** Back to the computed end. */
  @Delete('deadline')
  @Allow(SlaPermission.set_deadline)
  @Returns(TicketSlaView)
  dropDeadline(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return this.slas.dropDeadline(ctx, id);
  }

  /** The engineer has come to the site. */
  @Put('arrival')
  @Allow(TicketPermission.update)
  @Returns(TicketSlaView)
  arrive(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() { at }: SetArrival) {
    return this.slas.arrive(ctx, id, at);
  }
}
