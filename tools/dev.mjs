/** `npm run dev`: the product from sources. A saved server file is compiled alone and the API restarts; both SPAs reload by themselves. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { homeFolder, lockHome, productEnv, root, stopOrphans } from './home.mjs';
import { checkNode, install } from './install.mjs';
import { startPostgres } from './postgres.mjs';
import { runMain, step } from './progress.mjs';

const MIGRATION = /[\\/]migrations[\\/]/;

/** A process that is replaced by a new one on demand. */
function restartable(args, env) {
  let child;
  const start = () => {
    child = spawn(process.execPath, ['--enable-source-maps', ...args], { cwd: root, env, stdio: 'inherit' });
  };
  const stop = () =>
    new Promise((done) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return done();
      const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
      child.once('exit', () => (clearTimeout(killer), done()));
      child.kill('SIGTERM');
    });
  return { start, stop, restart: async () => (await stop(), start()) };
}

function cli(words, env) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'dist/server/apps/cli/main.js'), ...words], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`opora ${words.join(' ')} failed (${code})`))));
  });
}

/** Calls back with the changed paths, a little after the last of them. */
function watchSources(onChange) {
  const changed = new Set();
  let timer;
  for (const folder of ['apps/api', 'apps/cli', 'libs/platform', 'libs/modules'].map((name) => join(root, name))) {
    if (!fs.existsSync(folder)) continue;
    fs.watch(folder, { recursive: true }, (_, name) => {
      if (!name || /\.spec\.ts$|~$|\.sw.$/.test(name)) return;
      changed.add(join(folder, name));
      clearTimeout(timer);
      timer = setTimeout(() => {
        const paths = [...changed];
        changed.clear();
        onChange(paths).catch((error) => console.error(error.message));
      }, 120);
    });
  }
}

function vite(app, env) {
  return restartable(
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      join(root, 'apps', app),
      '--config',
      join(root, 'apps', app, 'vite.config.ts'),
      '--clearScreen',
      'false',
    ],
    env,
  );
}

runMain(async () => {
  checkNode();
  install();
  const { build } = await import('./build.mjs');
  const { buildServer } = await import('./build-server.mjs');
  await build(['server', 'metadata', 'client']);
  const home = homeFolder();
  const unlock = await lockHome(home, 'start');
  await stopOrphans(home, console.log);
  const postgres = process.env.DATABASE_URL ? undefined : await step('database', () => startPostgres({ home }));
  const env = {
    ...productEnv(home, process.env.DATABASE_URL || postgres.url),
    OPORA_WITH_WORKER: process.env.REDIS_URL ? '0' : '1',
  };
  await cli(['migrate'], env);
  if (env.OPORA_DEMO === '1') await cli(['demo', 'load'], env);

  const servers = [restartable([join(root, 'dist/server/apps/api/main.js')], env)];
  if (env.REDIS_URL) servers.push(restartable([join(root, 'dist/server/apps/api/worker.js')], env));
  const viteEnv = {
    NODE_ENV: 'development',
    OPORA_API: `http://127.0.0.1:${env.PORT}`,
    VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
  };
  const spas = ['agent', 'portal'].map((app) => vite(app, { ...env, ...viteEnv }));
  for (const one of [...servers, ...spas]) one.start();
  console.log(
    `\n  staff SPA   http://localhost:5173/\n  client SPA  http://localhost:5174/portal/\n  API         http://localhost:${env.PORT}/api/v1\n`,
  );

  watchSources(async (paths) => {
    const { changed, removed, errors } = await buildServer();
    for (const { path, message } of errors) console.error(`${path}\n${message}`);
    if (errors.length || changed + removed === 0) return;
    await Promise.all(servers.map((server) => server.stop()));
    if (paths.some((path) => MIGRATION.test(path))) await cli(['migrate'], env);
    for (const server of servers) server.start();
    console.log(`· ${changed + removed} file(s) compiled, API restarted`);
    if (paths.some((path) => /\.(dto|controller)\.ts$/.test(path))) await build(['metadata', 'client']);
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([...servers, ...spas].map((one) => one.stop()));
    await postgres?.stop();
    unlock();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
});
