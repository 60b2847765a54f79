import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FilterTickets, ListTickets, TicketCountView, TicketRowView } from './ticket-list.dto';
import { TicketList } from './ticket-list.service';
import { TicketPermission } from './tickets.access';

@ApiTags('tickets')
@Controller('tickets')
export class TicketListController {
  constructor(private readonly list: TicketList) {}

  /** Tickets the reader may see, by filter, view and order; 50 at a time unless asked otherwise. */
  @Get()
  @Allow(TicketPermission.read)
  @ReturnsPage(TicketRowView)
  find(@Context() ctx: Ctx, @Query() query: ListTickets) {
    return this.list.list(ctx, query);
  }

  /** How many rows the same list has, in full. */
  @Get('count')
  @Allow(TicketPermission.read)
  @Returns(TicketCountView)
  async count(@Context() ctx: Ctx, @Query() query: FilterTickets) {
    return { count: await this.list.count(ctx, query) };
  }
}
