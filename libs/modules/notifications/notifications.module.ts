import { FeedbackModule } from '@opora/modules/feedback';
import { SlaModule } from '@opora/modules/sla';
import { TicketsModule } from '@opora/modules/tickets';
import { Module } from '@nestjs/common';
import { MessageTemplatesController } from './message-templates.controller';
import { MessageTemplates } from './message-templates.service';
import { NotificationSender } from './notification-sender';
import { NotificationsController } from './notifications.controller';
import { NotificationsListener } from './notifications.listener';
import { NotificationsLiveFilter } from './notifications-live.filter';
import { SlaNotices } from './sla-notices.service';
import { Notifications } from './notifications.service';

@Module({
  imports: [TicketsModule, SlaModule, FeedbackModule],
  controllers: [NotificationsController, MessageTemplatesController],
  providers: [
    Notifications,
    NotificationSender,
    NotificationsListener,
    NotificationsLiveFilter,
    MessageTemplates,
    SlaNotices,
  ],
  exports: [Notifications],
})
export class NotificationsModule {}
