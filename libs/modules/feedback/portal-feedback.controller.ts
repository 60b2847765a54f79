import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, Returns } from '@opora/platform/http';
import { PortalOnly, Public } from '@opora/platform/permissions';
import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PortalRatingView, RateByLink, RateTicket, RatingLinkParam, toPortalRatingView } from './feedback.dto';
import { FeedbackLinks } from './feedback-links.service';
import { Feedback, type RatingState } from './feedback.service';
import type { RatingSource } from './rating.entity';

const markOf = ({ score, comment }: RateTicket, source: RatingSource) => ({ score, comment: comment || null, source });
const view = (ctx: Ctx, { ticket, rating, until }: RatingState) => toPortalRatingView(ticket, rating, until, ctx.now());

@ApiTags('portal feedback')
@Controller('portal')
export class PortalFeedbackController {
  constructor(
    private readonly feedback: Feedback,
    private readonly links: FeedbackLinks,
  ) {}

  /** My mark on a ticket. */
  @Get('tickets/:id/rating')
  @PortalOnly()
  @Returns(PortalRatingView)
  async mine(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return view(ctx, await this.feedback.stateFor(ctx, id));
  }

  /** Gives my mark or changes it within seven days. */
  @Put('tickets/:id/rating')
  @PortalOnly()
  @Returns(PortalRatingView)
  async rate(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: RateTicket) {
    return view(ctx, await this.feedback.rateAsMe(ctx, id, markOf(input, 'portal')));
  }

  /** What a link from a mail stands for. Reading it records nothing. */
  @Get('ratings/link/:token')
  @Public('the link from the mail is the proof; reading records nothing')
  @Returns(PortalRatingView)
  async openLink(@Context() ctx: Ctx, @Param() { token }: RatingLinkParam) {
    const { ticketId, contactId } = await this.links.redeem(ctx, token);
    return view(ctx, await this.feedback.stateOf(ctx, ticketId, contactId));
  }

  /** Stores the mark of whoever got the mail. */
  @Post('ratings/link')
  @Public('the link from the mail is the proof')
  @Returns(PortalRatingView)
  async rateByLink(@Context() ctx: Ctx, @Body() { token, ...input }: RateByLink) {
    const { ticketId, contactId } = await this.links.redeem(ctx, token);
    return view(ctx, await this.feedback.rateAs(ctx, ticketId, contactId, markOf(input, 'mail')));
  }
}
