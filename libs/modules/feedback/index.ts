export { FeedbackPermission } from './feedback.access';
export { TicketRated } from './feedback.events';
export { FeedbackLinks } from './feedback-links.service';
export { FeedbackModule } from './feedback.module';
export { Feedback } from './feedback.service';
export { type Score, SCORES } from './rating.entity';
