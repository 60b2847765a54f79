#!/usr/bin/env node
/** The admin command line against the same database that `npm start` uses; brings it up for a moment if nothing runs. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './build.mjs';
import { holderOf, homeFolder, lockHome, productEnv, root } from './home.mjs';
import { checkNode, install } from './install.mjs';
import { describePostgres, startPostgres } from './postgres.mjs';
import { runMain } from './progress.mjs';

/** { url, release }: the running database of this home, or one of our own until release. */
async function database(home) {
  for (
    let waited = 0;
    holderOf(home)?.what === 'start' && !describePostgres(home).running && waited < 15_000;
    waited += 200
  )
    await sleep(200);
  const { url } = describePostgres(home);
  if (url && holderOf(home)?.what === 'start') return { url, release: () => undefined };
  const unlock = await lockHome(home, 'opora');
  const server = await startPostgres({ home });
  return {
    url: server.url,
    release: async () => {
      await server.stop();
      unlock();
    },
  };
}

runMain(async () => {
  checkNode();
  install();
  await build(['server'], { quiet: true });
  const home = homeFolder();
  const { url, release } = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, release: () => undefined }
    : await database(home);
  const child = spawn(process.execPath, [join(root, 'dist/server/apps/cli/main.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: productEnv(home, url),
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((done) => child.once('exit', (status) => done(status ?? 1)));
  await release();
  process.exitCode = code;
});
