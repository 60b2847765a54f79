import { Module } from '@nestjs/common';
import { PlatformModule } from '@opora/platform/platform';

/** The list of modules. */
@Module({ imports: [PlatformModule.forRoot()] })
export class AppModule {}
