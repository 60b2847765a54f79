import { type DynamicModule, Global, Module } from '@nestjs/common';
import { settings } from '../settings';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { Readiness } from './readiness';
import { TestClockController } from './test-clock.controller';

@Global()
@Module({})
export class HealthModule {
  static forRoot(): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController, ...(settings().OPORA_TEST_MODE ? [TestClockController] : [])],
      providers: [Metrics, Readiness],
      exports: [Metrics, Readiness],
    };
  }
}
