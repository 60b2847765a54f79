import 'reflect-metadata';
import { writeFileSync } from 'node:fs';

/** Prints the API description to the file named on the command line; needs no database. */
async function print(file: string | undefined): Promise<void> {
  // eslint-disable-next-line no-restricted-properties -- preview mode connects to nothing, but the settings want an address
  process.env.DATABASE_URL ??= 'postgres://preview@localhost/preview';
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule } = await import('@opora/modules/app');
  const { fastifyAdapter } = await import('@opora/platform/http');
  const { settings } = await import('@opora/platform/settings');
  const { describeApi } = await import('./description');
  const app = await NestFactory.create(AppModule.forRoot(), fastifyAdapter(settings()), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  app.setGlobalPrefix('api/v1');
  const text = JSON.stringify(await describeApi(app), null, 1);
  if (file) writeFileSync(file, text);
  else process.stdout.write(`${text}\n`);
}

void print(process.argv[2]).then(() => process.exit(0));
