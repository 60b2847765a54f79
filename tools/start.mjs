/** `npm start`: installs and builds what is missing, brings up the database, the API and the worker, and keeps them running. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { homeFolder, lockHome, productEnv, root, stopOrphans } from './home.mjs';
import { checkNode, install } from './install.mjs';
import { Failure, runMain, seconds, step } from './progress.mjs';

const began = Date.now();
const server = (file) => join(root, 'dist/server/apps', file);

/** Everything that is wrong with the settings, at once and before anything is started. */
function checkSettings() {
  const { readSettings, SettingsError } = createRequire(import.meta.url)(
    join(root, 'dist/server/libs/platform/settings/settings.js'),
  );
  try {
    return readSettings({
      ...process.env,
      DATABASE_URL: process.env.DATABASE_URL || 'postgres://opora@127.0.0.1/embedded',
    });
  } catch (error) {
    throw error instanceof SettingsError ? new Failure(error.message) : error;
  }
}

function isTaken(port, host) {
  return new Promise((done) => {
    const probe = net.createServer();
    probe.once('error', (error) => done(error.code === 'EADDRINUSE' || error.code === 'EACCES'));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(false)));
  });
}

async function checkPorts(port, smtpPort) {
  for (const [name, number, host] of [
    ['PORT', port, process.env.OPORA_HOST || '127.0.0.1'],
    ['OPORA_SMTP_PORT', smtpPort, process.env.OPORA_SMTP_HOST || '127.0.0.1'],
  ]) {
    if (number && (await isTaken(number, host)))
      throw new Failure(
        `Port ${number} is taken by another program. Stop it, or choose another one: ${name}=${number + 1000} npm start`,
      );
  }
}

/** A command of the CLI: its answer. Its words are shown if it fails, its progress (stderr) also before if asked. */
function cli(words, env, { progress = false } = {}) {
  return new Promise((done, fail) => {
    const stdio = ['ignore', 'pipe', progress ? 'inherit' : 'pipe'];
    const child = spawn(process.execPath, [server('cli/main.js'), ...words], { cwd: root, env, stdio });
    let answer = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (answer += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (said += text));
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done(answer) : fail(new Failure(`opora ${words.join(' ')} failed (${code})\n${said}${answer}`)),
    );
  });
}

/** Loads the demo company the first time and keeps its accounts where a person finds them again. */
async function loadDemo(home, env) {
  const {
    loaded,
    password,
    accounts = [],
  } = JSON.parse(await cli(['demo', 'load', '--json'], env, { progress: true }));
  if (!loaded) return;
  const width = Math.max(...accounts.map(({ email }) => email.length));
  const lines = accounts.map(({ email, role }) => `  ${email.padEnd(width)}  ${role}`);
  fs.writeFileSync(join(home, 'credentials.txt'), [`demo accounts, password ${password}`, ...lines, ''].join('\n'));
}

async function answersReady(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3000) });
    return response.ok;
  } catch {
    return false;
  }
}

const isOn = (value) => ['1', 'true', 'on'].includes(String(value).toLowerCase());

function greet({ home, port, smtpPort, demo }) {
  const here = `http://localhost:${port}`;
  const lines = [
    `Opora is ready (${seconds(began)})`,
    '',
    `  staff          ${here}/`,
    `  clients        ${here}/portal`,
    `  API            ${here}/api/v1/openapi.json`,
  ];
  if (demo) lines.push(`  sent mail      ${here}/dev/mailbox`);
  if (smtpPort) lines.push(`  mail listener  localhost:${smtpPort} (SMTP)`);
  lines.push(`  data and logs  ${home}`);
  const credentials = join(home, 'credentials.txt');
  if (demo && fs.existsSync(credentials))
    lines.push(
      '',
      ...fs
        .readFileSync(credentials, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    );
  lines.push('', 'Ctrl-C stops it; the data stays.');
  console.log(`\n${lines.join('\n')}\n`);
}

async function startServers(supervisor, env, port) {
  const scaled = Boolean(env.REDIS_URL);
  const ready = () => answersReady(port);
  await supervisor.start('api', [server('api/main.js')], { ...env, OPORA_WITH_WORKER: scaled ? '0' : '1' }, ready);
  if (!scaled) return;
  const alive = Date.now() + 1500;
  await supervisor.start(
    'worker',
    [server('api/worker.js')],
    { ...env, OPORA_WITH_WORKER: '0' },
    () => Date.now() > alive,
  );
}

async function main() {
  checkNode();
  console.log('Opora');
  install();
  const { build } = await import('./build.mjs');
  await build();
  const { PORT: port, OPORA_SMTP_PORT: smtpPort } = checkSettings();
  const home = homeFolder();
  const unlock = await lockHome(home, 'start');
  const say = (line) => console.log(`  · ${line}`);
  await stopOrphans(home, say);
  await checkPorts(port, smtpPort);
  const { makeSupervisor } = await import('./supervisor.mjs');
  const supervisor = makeSupervisor({ home, say });
  let stopping;
  const stop = async (code) => {
    if (stopping) return supervisor.killAll();
    stopping = true;
    await supervisor.stop();
    unlock();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => (stopping || console.log('\nstopping…'), stop(0)));
  try {
    const databaseUrl = process.env.DATABASE_URL || (await step('database', () => supervisor.startDatabase()));
    const env = productEnv(home, databaseUrl);
    await step('schema', () => cli(['migrate'], env));
    const demo = isOn(env.OPORA_DEMO);
    if (demo) await step('demo company', () => loadDemo(home, env));
    if (stopping) return await sleep(60_000);
    await step('server', () => startServers(supervisor, env, port));
    greet({ home, port, smtpPort, demo });
  } catch (error) {
    if (stopping) return;
    console.error(`\n${error.message}`);
    await stop(1);
  }
}

runMain(main);
