import { ChannelsModule } from '@opora/modules/channels';
import { ClientsModule } from '@opora/modules/clients';
import { FeedbackModule } from '@opora/modules/feedback';
import { NotificationsModule } from '@opora/modules/notifications';
import { PeopleModule } from '@opora/modules/people';
import { TicketsModule } from '@opora/modules/tickets';
import { PlatformModule } from '@opora/platform/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { DemoCommands } from './demo.command';

/** The list of modules. */
@Module({
  imports: [PeopleModule, ClientsModule, TicketsModule, FeedbackModule, ChannelsModule, NotificationsModule],
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
