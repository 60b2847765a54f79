import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ErrorFilter } from './error.filter';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { IdempotencyHousekeeping } from './idempotency-housekeeping';
import { RequestPipe } from './validation';

@Module({
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useClass: RequestPipe },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    IdempotencyHousekeeping,
  ],
})
export class HttpModule {}
