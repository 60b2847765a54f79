import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { randomUUID } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../settings';
import { sendProblem } from './error.filter';
import { writeAnswer } from './json-text';
import { securityHeaders } from './security-headers';

const BODY_LIMIT = 2 * 1024 * 1024;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** The Fastify adapter with our limits. */
export function fastifyAdapter(settings: Settings): FastifyAdapter {
  const proxies = settings.OPORA_TRUSTED_PROXIES?.split(',').map((proxy) => proxy.trim());
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: proxies?.length ? proxies : false,
    genReqId: (request: { headers: Record<string, unknown> }) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    routerOptions: { maxParamLength: 500 },
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    frameworkErrors: (error: Error, request: unknown, reply: unknown) =>
      sendProblem(error, request as FastifyRequest, reply as FastifyReply),
  } as ConstructorParameters<typeof FastifyAdapter>[0]) as FastifyAdapter;
}

/** Security headers, cookies, uploads, request ids: the same for the product and the tests. */
export async function prepareHttp(app: NestFastifyApplication, settings: Settings): Promise<void> {
  app.setGlobalPrefix('api/v1', { exclude: ['healthz', 'readyz', 'metrics', 'dev/{*path}'] });
  await app.register(cookie);
  await app.register(multipart, {
    limits: {
      fileSize: settings.OPORA_UPLOAD_MB * 1024 * 1024,
      files: 1,
      fields: 10,
      fieldSize: 10_000,
      parts: 12,
      headerPairs: 50,
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.setReplySerializer(writeAnswer);
  // A patch is a merge patch (RFC 7396); either name of it will do.
  fastify.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  const security = securityHeaders({ isHttps: settings.publicUrl.startsWith('https:') });
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    void reply.headers(security).header('x-request-id', String(request.id));
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    done();
  });
}
