import { Module, RequestMethod, UseInterceptors } from '@nestjs/common';
import { INTERCEPTORS_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import { APP_FILTER, APP_PIPE, DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ErrorFilter } from './error.filter';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { IdempotencyHousekeeping } from './idempotency-housekeeping';
import { RequestPipe } from './validation';

type Handler = (...args: unknown[]) => unknown;

@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useClass: RequestPipe },
    IdempotencyInterceptor,
    IdempotencyHousekeeping,
  ],
})
export class HttpModule {
  /** Here, because routes are made before the hooks of start run: every POST gets the interceptor. As a global one it would cost each GET, too. */
  constructor(discovery: DiscoveryService, scanner: MetadataScanner, idempotency: IdempotencyInterceptor) {
    for (const { metatype } of discovery.getControllers()) {
      const prototype = metatype?.prototype as Record<string, Handler> | undefined;
      if (!prototype) continue;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name]!;
        if (Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.POST) continue;
        // Another application of the same process has left its own there.
        const others = ((Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[]).filter(
          (other) => !(other instanceof IdempotencyInterceptor),
        );
        Reflect.defineMetadata(INTERCEPTORS_METADATA, others, handler);
        UseInterceptors(idempotency)(prototype, name, { value: handler });
      }
    }
  }
}
