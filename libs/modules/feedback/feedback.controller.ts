import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, mapPage, Returns, ReturnsPage } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FeedbackPermission } from './feedback.access';
import { ListRatings, RatingView, TicketRatingsView, toRatingView } from './feedback.dto';
import { Feedback } from './feedback.service';

@ApiTags('feedback')
@Controller()
export class FeedbackController {
  constructor(private readonly feedback: Feedback) {}

  /** What contacts think of the work on this ticket, with the marks they replaced. */
  @Get('tickets/:id/rating')
  @Allow(TicketPermission.read)
  @Returns(TicketRatingsView)
  async ofTicket(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return { ratings: (await this.feedback.ofTicket(ctx, id)).map(toRatingView) };
  }

  /** Marks of the tickets one may see, the newest first. */
  @Get('ratings')
  @Allow(FeedbackPermission.read)
  @ReturnsPage(RatingView)
  async list(@Context() ctx: Ctx, @Query() query: ListRatings) {
    return mapPage(await this.feedback.list(ctx, query), toRatingView);
  }
}
