import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Problem } from '@opora/platform/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { enrich } from './description-enrich';

/** Makes the OpenAPI 3.1 description from the controllers, DTOs and their comments. Needs no database. */
export async function describeApi(app: INestApplication): Promise<OpenAPIObject> {
  const metadata = join(__dirname, '..', '..', 'metadata.js');
  if (existsSync(metadata)) {
    const { default: load } = (await import(metadata)) as { default: () => Promise<Record<string, unknown>> };
    await SwaggerModule.loadPluginMetadata(load);
  }
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Opora')
    .setDescription(
      'Help desk and field service for B2B service companies. Errors are RFC 9457 problems with a stable `code`; lists are keyset-paged; every POST accepts `Idempotency-Key`.',
    )
    .setVersion('1')
    .setLicense('AGPL-3.0-or-later', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .addServer('/')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An access token from sign-in, or an API key `opora_<prefix>_<secret>`.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').replace(/^./, (c) => c.toLowerCase())}_${method}`,
  });
  return enrich(document);
}

/** Serves the description that the build has printed. */
export function serveDescription(app: NestFastifyApplication): void {
  const file = join(__dirname, '..', '..', '..', 'openapi.json');
  const fastify = app.getHttpAdapter().getInstance();
  let body: Buffer | undefined;
  fastify.get('/api/v1/openapi.json', async (_request: FastifyRequest, reply: FastifyReply) => {
    body ??= existsSync(file) ? readFileSync(file) : Buffer.from(JSON.stringify(await describeApi(app)));
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .send(body);
  });
}
