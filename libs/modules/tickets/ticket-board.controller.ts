import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListBoardColumn, ShowBoard, ShowCalendar, TicketBoardView, TicketCalendarView } from './ticket-board.dto';
import { TicketBoard } from './ticket-board.service';
import { TicketCalendar } from './ticket-calendar.service';
import { TicketRowView } from './ticket-list.dto';
import { TicketPermission } from './tickets.access';

@ApiTags('tickets')
@Controller('tickets')
export class TicketBoardController {
  constructor(
    private readonly board: TicketBoard,
    private readonly calendar: TicketCalendar,
  ) {}

  /** The same list in columns of statuses; of categories when its tickets run by several processes. */
  @Get('board')
  @Allow(TicketPermission.read)
  @Returns(TicketBoardView)
  showBoard(@Context() ctx: Ctx, @Query() query: ShowBoard) {
    return this.board.show(ctx, query);
  }

  /** More cards of a column. */
  @Get('board/rows')
  @Allow(TicketPermission.read)
  @ReturnsPage(TicketRowView)
  moreCards(@Context() ctx: Ctx, @Query() query: ListBoardColumn) {
    return this.board.more(ctx, query);
  }

  /** The same list by days. */
  @Get('calendar')
  @Allow(TicketPermission.read)
  @Returns(TicketCalendarView)
  showCalendar(@Context() ctx: Ctx, @Query() query: ShowCalendar) {
    return this.calendar.show(ctx, query);
  }
}
