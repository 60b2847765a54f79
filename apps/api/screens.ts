import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Serves the agent screens at `/` and the portal at `/portal`; unknown paths of a screen get its page. */
export async function serveScreens(app: NestFastifyApplication, folder: string | undefined): Promise<void> {
  if (!folder) return;
  const fastify = app.getHttpAdapter().getInstance();
  for (const [name, prefix] of [
    ['portal', '/portal/'],
    ['agent', '/'],
  ] as const) {
    const root = join(folder, name);
    if (!existsSync(join(root, 'index.html'))) continue;
    const page = readFileSync(join(root, 'index.html'));
    const sendPage = (_request: FastifyRequest, reply: FastifyReply) =>
      reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
    await fastify.register(async (scope) => {
      await scope.register(fastifyStatic, {
        root,
        prefix,
        index: false,
        wildcard: false,
        decorateReply: false,
        setHeaders: (reply, path) =>
          void reply.header('cache-control', path.includes('/assets/') ? IMMUTABLE : 'no-cache'),
      });
      const base = prefix.slice(0, -1);
      if (base) scope.get(base, sendPage);
      scope.get(`${base}/*`, (request, reply) =>
        isScreenPath(request.url) ? sendPage(request, reply) : reply.callNotFound(),
      );
      if (!base) scope.get('/', sendPage);
    });
  }
}

/** Paths of pages, not of files or of the API: a missing script must be 404, not a page. */
function isScreenPath(url: string): boolean {
  const path = url.split('?')[0] ?? '';
  return (
    !/^\/(api|dev|healthz|readyz|metrics)(\/|$)/.test(path) &&
    !/\/assets\//.test(path) &&
    !/\.[a-z0-9]{2,5}$/i.test(path)
  );
}
