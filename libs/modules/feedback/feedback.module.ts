import { TicketsModule } from '@opora/modules/tickets';
import { Module } from '@nestjs/common';
import { FeedbackController } from './feedback.controller';
import { FeedbackLinks } from './feedback-links.service';
import { Feedback } from './feedback.service';
import { PortalFeedbackController } from './portal-feedback.controller';

@Module({
  imports: [TicketsModule],
  controllers: [FeedbackController, PortalFeedbackController],
  providers: [Feedback, FeedbackLinks],
  exports: [Feedback, FeedbackLinks],
})
export class FeedbackModule {}
