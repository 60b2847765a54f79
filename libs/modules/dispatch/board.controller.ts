import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Assignments } from './assignments.service';
import {
  AskBoard,
  AskSuggestions,
  AssignmentView,
  BoardView,
  DispatchTicketView,
  ListUnassigned,
  SaveAssignment,
  SuggestionsView,
} from './board.dto';
import { Board } from './board.service';
import { DispatchPermission } from './dispatch.access';
import { Suggestions } from './suggestions.service';

@ApiTags('dispatch')
@Controller('dispatch')
export class BoardController {
  constructor(
    private readonly board: Board,
    private readonly suggestions: Suggestions,
    private readonly assignments: Assignments,
  ) {}

  /** People × days: visits, load, skills, zones, absences. */
  @Get('board')
  @Allow(DispatchPermission.read)
  @Returns(BoardView)
  get(@Context() ctx: Ctx, @Query() query: AskBoard) {
    return this.board.board(ctx, query);
  }

  /** Open tickets without a responsible, the most urgent first. */
  @Get('unassigned')
  @Allow(DispatchPermission.read)
  @ReturnsPage(DispatchTicketView)
  unassigned(@Context() ctx: Ctx, @Query() query: ListUnassigned) {
    return this.board.unassigned(ctx, query);
  }

  /** Who should go: people in their order, each with the way, the load and what stands in his way. */
  @Get('suggestions')
  @Allow(DispatchPermission.read)
  @Returns(SuggestionsView)
  suggest(@Context() ctx: Ctx, @Query() query: AskSuggestions) {
    return this.suggestions.of(ctx, query);
  }

  /** Hands a ticket to a person for a time in one step; 409 with both versions where somebody was quicker. */
  @Post('assignments')
  @Allow(TicketPermission.assign)
  @Returns(AssignmentView)
  assign(@Context() ctx: Ctx, @Body() input: SaveAssignment) {
    return this.assignments.save(ctx, input);
  }
}
