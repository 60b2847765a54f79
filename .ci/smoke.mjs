/** A fresh clone starts with `npm start`: as root, as an ordinary user, again in seconds, after a kill of everything, two side by side. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, isAlive } from '../tools/processes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const base = fs.mkdtempSync(join(tmpdir(), 'opora-smoke-'));
fs.chmodSync(base, 0o755);
const clone = join(base, 'clone');
const counts = { passed: 0, failed: 0 };
const running = new Set();

async function check(name, work) {
  const began = Date.now();
  try {
    const note = await work();
    counts.passed++;
    console.log(`✓ ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)${note ? ` ${note}` : ''}`);
  } catch (error) {
    counts.failed++;
    console.log(`✗ ${name}\n${error.message}`);
  }
}

function nobody() {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? '').split(':');
  return line ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** `npm start` until it says it is ready; with `plain` without the demo company, which the first one has shown to load. */
async function start({ home, port, smtpPort, user, plain = false, limit = 600_000 }) {
  const env = { ...process.env, OPORA_HOME: home, PORT: String(port), OPORA_SMTP_PORT: String(smtpPort) };
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'OPORA_DEMO']) delete env[name];
  if (plain) env.OPORA_DEMO = '0';
  if (user) Object.assign(env, { HOME: join(base, 'user'), npm_config_cache: join(base, 'user/.npm') });
  const child = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'], ...user });
  const one = { child, home, port, words: '' };
  running.add(one);
  child.once('exit', () => running.delete(one));
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (one.words += text));
  const began = Date.now();
  while (!one.words.includes('Opora is ready')) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${one.words}`);
    if (Date.now() - began > limit) throw new Error(`not ready after ${limit / 1000} s:\n${one.words}`);
    await sleep(100);
  }
  return { ...one, took: (Date.now() - began) / 1000 };
}

async function stop({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await new Promise((done) => child.once('exit', done));
}

async function answers(port) {
  for (const path of ['/readyz', '/healthz', '/', '/portal', '/api/v1/openapi.json']) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await response.arrayBuffer();
  }
}

/** Supervisor, servers and database at once, by force. */
async function killEverything({ child, home }) {
  const { pid: supervisor } = JSON.parse(fs.readFileSync(join(home, 'lock.json'), 'utf8'));
  const servers = JSON.parse(fs.readFileSync(join(home, 'run.json'), 'utf8')).map((one) => one.pid);
  const pointer = join(home, 'pg-location');
  const place = fs.existsSync(pointer) ? fs.readFileSync(pointer, 'utf8').trim() : home;
  const postmaster = Number(fs.readFileSync(join(place, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  const pids = [child.pid, supervisor, ...servers, postmaster];
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  while (pids.some(isAlive)) await sleep(50);
}

/** Seconds. */
const SECOND_START = 15;

async function main() {
  const cloned = spawnSync('git', ['clone', '--quiet', `file://${root}`, clone], { encoding: 'utf8' });
  if (cloned.status !== 0) throw new Error(`the clone failed: ${cloned.stderr}`);
  // A folder given from outside outlives this run: the journeys go on in it.
  const first = {
    home: process.env.SMOKE_HOME || join(base, 'home'),
    port: await freePort(),
    smtpPort: await freePort(),
  };
  let one;
  await check('a fresh clone starts', async () => {
    one = await start(first);
    await answers(first.port);
  });
  if (!one) return;
  await check('it stops and starts again in seconds', async () => {
    await stop(one);
    one = await start(first);
    await answers(first.port);
    if (one.took > SECOND_START) throw new Error(`${one.took} s`);
  });
  await check('it starts after everything was killed', async () => {
    await killEverything(one);
    one = await start(first);
    await answers(first.port);
  });
  await check('a second one from the same folder is refused in words', async () => {
    const again = await start({ ...first, port: await freePort(), smtpPort: await freePort(), limit: 30_000 }).catch(
      (error) => error,
    );
    if (!(again instanceof Error) || !again.message.includes('already runs'))
      throw new Error(`it was not: ${again.message ?? 'it started'}`);
  });
  const user = process.getuid?.() === 0 ? nobody() : undefined;
  const userRuns = user && spawnSync(process.execPath, ['-v'], { cwd: '/', ...user }).status === 0;
  if (user && !userRuns) console.log('skipped: an ordinary user cannot execute this Node.js');
  if (userRuns) {
    await check('an ordinary user starts one beside it', async () => {
      fs.mkdirSync(join(base, 'user'));
      spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, clone, join(base, 'user')]);
      const other = await start({
        home: join(base, 'user/home'),
        port: await freePort(),
        smtpPort: await freePort(),
        user,
        plain: true,
      });
      await answers(other.port);
      await answers(first.port);
      await stop(other);
    });
  }
  await stop(one);
}

main()
  .catch((error) => {
    counts.failed++;
    console.error(error.message);
  })
  .finally(async () => {
    await Promise.all([...running].map(stop));
    fs.rmSync(base, { recursive: true, force: true });
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    process.exit(counts.failed ? 1 : 0);
  });
