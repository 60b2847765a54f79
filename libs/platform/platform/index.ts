import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from '../auth';
import { DbModule } from '../db';
import { EventsModule } from '../events';
import { FilesModule } from '../files';
import { HealthModule } from '../health';
import { HttpModule } from '../http';
import { LiveModule } from '../live';
import { MailModule } from '../mail';
import { OrganisationModule } from '../organisation';
import { SettingsModule } from '../settings';
import { TemplatesModule } from '../templates';

/** Everything a module stands on. */
@Module({})
export class PlatformModule {
  static forRoot(): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        SettingsModule,
        DbModule,
        EventsModule.forRoot(),
        AuthModule,
        HttpModule,
        FilesModule,
        LiveModule,
        MailModule,
        TemplatesModule,
        HealthModule.forRoot(),
        OrganisationModule,
      ],
    };
  }
}
