import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '@opora/modules/app';
import { Relay } from '@opora/platform/events';
import { fastifyAdapter, prepareHttp } from '@opora/platform/http';
import { log, setLogLevel } from '@opora/platform/log';
import { Workers } from '@opora/platform/events';
import { settings, SettingsError } from '@opora/platform/settings';
import { serveDescription } from './description';
import { observeRequests } from './observe';
import { serveScreens } from './screens';

type Role = 'api' | 'worker' | 'both';

/** Starts a process in its role: answers HTTP, works off the outbox, or both. */
export async function startServer(role: Role): Promise<void> {
  const config = settings();
  setLogLevel(config.OPORA_LOG);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(), fastifyAdapter(config), {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
  });
  app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
  await prepareHttp(app, config);
  observeRequests(app);
  if (role !== 'worker') {
    serveDescription(app);
    await serveScreens(app, webFolder());
  }
  await app.listen({
    port: role === 'worker' ? 0 : config.PORT,
    host: role === 'worker' ? '127.0.0.1' : config.OPORA_HOST,
  });
  if (role !== 'api') await startWork(app, role === 'both' && !config.REDIS_URL);
  log.info({ role, port: config.PORT }, 'ready');
}

async function startWork(app: NestFastifyApplication, isAlone: boolean): Promise<void> {
  const relay = app.get(Relay);
  if (isAlone) await relay.releaseLeases();
  relay.start();
  await app.get(Workers).start();
}

/** The built screens: dist/web beside dist/server. */
function webFolder(): string | undefined {
  const folder = join(__dirname, '..', '..', '..', 'web');
  return existsSync(folder) ? folder : undefined;
}

/** Runs the start and says in words what is wrong when it cannot. */
export function run(role: Role): void {
  process.on('unhandledRejection', (error) =>
    log.error({ err: error instanceof Error ? error.stack : String(error) }, 'unhandled rejection'),
  );
  startServer(role).catch((error: unknown) => {
    const isWords = error instanceof SettingsError;
    process.stderr.write(`${isWords ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(isWords ? 2 : 1);
  });
}
