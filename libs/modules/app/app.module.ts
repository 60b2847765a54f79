import { MacrosModule } from '@opora/modules/macros';
import { ApprovalsModule } from '@opora/modules/approvals';
import { PlanningModule } from '@opora/modules/planning';
import { DispatchModule } from '@opora/modules/dispatch';
import { AutomationModule } from '@opora/modules/automation';
import { BillingModule } from '@opora/modules/billing';
import { ChannelsModule } from '@opora/modules/channels';
import { ChecklistsModule } from '@opora/modules/checklists';
import { ClientsModule } from '@opora/modules/clients';
import { FeedbackModule } from '@opora/modules/feedback';
import { FieldsModule } from '@opora/modules/fields';
import { NotificationsModule } from '@opora/modules/notifications';
import { PeopleModule } from '@opora/modules/people';
import { SlaModule } from '@opora/modules/sla';
import { TicketsModule } from '@opora/modules/tickets';
import { PlatformModule } from '@opora/platform/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { DemoCommands } from './demo.command';

/** The list of modules. */
@Module({
  imports: [
    PeopleModule,
    FieldsModule,
    ClientsModule,
    TicketsModule,
    ChecklistsModule,
    SlaModule,
    BillingModule,
    MacrosModule,
    ApprovalsModule,
    PlanningModule,
    DispatchModule,
    FeedbackModule,
    ChannelsModule,
    NotificationsModule,
    AutomationModule,
  ],
  providers: [DemoCommands],
})
export class DomainModule {}

/** The whole server: the modules on the platform. The settings are read when it is made, not when it is imported. */
@Module({})
export class AppModule {
  static forRoot(): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(), DomainModule] };
  }
}
