import { ApprovalsModule } from '@opora/modules/approvals';
import { FeedbackModule } from '@opora/modules/feedback';
import { MacrosModule } from '@opora/modules/macros';
import { PeopleModule } from '@opora/modules/people';
import { SlaModule } from '@opora/modules/sla';
import { TicketsModule } from '@opora/modules/tickets';
import { Module } from '@nestjs/common';
import { ApprovalNotices } from './approval-notices.service';
import { MailPace } from './mail-pace';
import { MessageTemplatesController } from './message-templates.controller';
import { MessageTemplates } from './message-templates.service';
import { NotificationLog } from './notification-log.service';
import { NotificationMails } from './notification-mails.service';
import { NotificationSender } from './notification-sender';
import { NotificationSettingsController } from './notification-settings.controller';
import { NotificationSettings } from './notification-settings.service';
import { NotificationsController } from './notifications.controller';
import { NotificationsListener } from './notifications.listener';
import { NotificationsLiveFilter } from './notifications-live.filter';
import { NotifyAction } from './notify-action';
import { SlaNotices } from './sla-notices.service';
import { Notifications } from './notifications.service';

@Module({
  imports: [PeopleModule, TicketsModule, SlaModule, FeedbackModule, MacrosModule, ApprovalsModule],
  controllers: [NotificationsController, NotificationSettingsController, MessageTemplatesController],
  providers: [
    ApprovalNotices,
    Notifications,
    NotificationSettings,
    NotificationLog,
    NotificationMails,
    NotificationSender,
    NotificationsListener,
    NotificationsLiveFilter,
    MailPace,
    MessageTemplates,
    NotifyAction,
    SlaNotices,
  ],
  exports: [Notifications],
})
export class NotificationsModule {}
