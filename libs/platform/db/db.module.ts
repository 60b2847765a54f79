import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Settings } from '../settings';
import { dataSourceOptions } from './data-source';
import { Db } from './db';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Settings],
      useFactory: (settings: Settings) => ({
        ...dataSourceOptions(settings.DATABASE_URL, settings.OPORA_DB_POOL),
        retryAttempts: 20,
        retryDelay: 500,
      }),
    }),
  ],
  providers: [Db],
  exports: [Db],
})
export class DbModule {}
