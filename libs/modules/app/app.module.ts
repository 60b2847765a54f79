import { FeedbackModule } from '@opora/modules/feedback';
import { NotificationsModule } from '@opora/modules/notifications';
import { PlatformModule } from '@opora/platform/platform';
import { type DynamicModule, Module } from '@nestjs/common';

/** The list of modules. */
@Module({ imports: [FeedbackModule, NotificationsModule] })
export class DomainModule {}

/** The whole server: the modules on the platform. The settings are read when it is made, not when it is imported. */
@Module({})
export class AppModule {
  static forRoot(): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(), DomainModule] };
  }
}
