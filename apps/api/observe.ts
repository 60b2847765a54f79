import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Metrics } from '@opora/platform/health';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Notes every answer by its route pattern. */
export function observeRequests(app: NestFastifyApplication): void {
  const metrics = app.get(Metrics);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      metrics.observe(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
      done();
    });
}
