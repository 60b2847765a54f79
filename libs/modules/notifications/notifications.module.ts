import { FeedbackModule } from '@opora/modules/feedback';
import { TicketsModule } from '@opora/modules/tickets';
import { Module } from '@nestjs/common';
import { MessageTemplatesController } from './message-templates.controller';
import { MessageTemplates } from './message-templates.service';
import { NotificationSender } from './notification-sender';
import { NotificationsController } from './notifications.controller';
import { NotificationsListener } from './notifications.listener';
import { NotificationsLiveFilter } from './notifications-live.filter';
import { Notifications } from './notifications.service';

@Module({
  imports: [TicketsModule, FeedbackModule],
  controllers: [NotificationsController, MessageTemplatesController],
  providers: [Notifications, NotificationSender, NotificationsListener, NotificationsLiveFilter, MessageTemplates],
  exports: [Notifications],
})
export class NotificationsModule {}
