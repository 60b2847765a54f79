/**
 * Starts, stops and recovers the PostgreSQL that arrives with the npm packages. No service, no Docker, no install script.
 * Builtins only. PostgreSQL refuses to run as root: then it runs as the user `postgres` or `nobody`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binaries, canEnter, PostgresError, serverUser } from './postgres-binaries.mjs';

import { freePort, isAlive, isPortFree } from './processes.mjs';

export { PostgresError } from './postgres-binaries.mjs';

/** Folder of the cluster. A home that the server's user cannot enter (under /root) only remembers where the data lies. */
function clusterPlace(home, user) {
  fs.mkdirSync(home, { recursive: true });
  const pointer = join(home, 'pg-location');
  if (fs.existsSync(pointer)) return fs.readFileSync(pointer, 'utf8').trim();
  if (canEnter(home, user)) return home;
  const place = join('/var/lib/opora', randomBytes(6).toString('hex'));
  fs.mkdirSync(place, { recursive: true, mode: 0o755 });
  fs.writeFileSync(pointer, place);
  return place;
}

function secrets(home) {
  const file = join(home, 'pg-secrets.json');
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
  const made = { superuser: randomBytes(18).toString('hex'), app: randomBytes(18).toString('hex') };
  fs.writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The port of last time, so that tools find the database again; another one if somebody took it. */
async function choosePort(home) {
  const file = join(home, 'pg-port');
  const last = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  const port = last && (await isPortFree(last)) ? last : await freePort();
  if (port !== last) fs.writeFileSync(file, String(port));
  return port;
}

async function waitFor(condition, ms, step = 50) {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(step)) if (await condition()) return true;
  return condition();
}

/** The postmaster that a killed run left behind, if it still is one and not a stranger with a recycled pid. */
function leftover(data) {
  const file = join(data, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const [pid, , , port] = fs.readFileSync(file, 'utf8').split('\n');
  if (!Number(pid) || !isAlive(Number(pid))) return undefined;
  try {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    if (!command[0]?.endsWith('postgres') || !command.includes(data)) return undefined;
  } catch {
    // no /proc on this system: believe the file
  }
  return { pid: Number(pid), port: Number(port) };
}

async function stopLeftover(data) {
  const old = leftover(data);
  if (!old) return fs.rmSync(join(data, 'postmaster.pid'), { force: true });
  for (const [signal, ms] of [
    ['SIGINT', 8000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 2000],
  ]) {
    if (isAlive(old.pid)) process.kill(old.pid, signal);
    if (await waitFor(() => !isAlive(old.pid) || !leftover(data), ms)) return;
  }
  throw new PostgresError(`an earlier PostgreSQL (pid ${old.pid}) does not stop`);
}

/** Made beside its final place and renamed, so that a killed initdb leaves nothing that looks like data. */
function initialise({ bin, data, user, superuser, auth, place }) {
  const half = `${data}.half`;
  const pwfile = join(place, `pg-init-${process.pid}`);
  fs.rmSync(half, { recursive: true, force: true });
  fs.mkdirSync(half, { mode: 0o700 });
  fs.writeFileSync(pwfile, superuser, { mode: 0o600 });
  if (user) for (const path of [half, pwfile]) fs.chownSync(path, user.uid, user.gid);
  const args = [
    '-D',
    half,
    '-U',
    'postgres',
    `--pwfile=${pwfile}`,
    '-A',
    auth,
    '-E',
    'UTF8',
    '--no-instructions',
    '--locale=C.UTF-8',
  ];
  const icu = ['--locale-provider=icu', '--icu-locale=ru-RU'];
  const made = spawnSync(join(bin, 'bin', 'initdb'), [...args, ...icu], {
    cwd: '/',
    encoding: 'utf8',
    env: serverEnv(),
    ...user,
  });
  fs.rmSync(pwfile, { force: true });
  if (made.status !== 0) {
    fs.rmSync(half, { recursive: true, force: true });
    throw new PostgresError(
      `the database folder could not be made: ${(made.stderr || made.error?.message || '').trim()}`,
    );
  }
  fs.renameSync(half, data);
}

const serverEnv = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', HOME: '/' });

/** Shared memory of a small container (64 MB) is too narrow for parallel queries: then the server uses files. */
function sharedMemory() {
  try {
    const { bavail, bsize } = fs.statfsSync('/dev/shm');
    return bavail * bsize > 512e6 ? [] : ['-c', 'dynamic_shared_memory_type=mmap'];
  } catch {
    return [];
  }
}

/** One attempt to launch: resolves with the child once it accepts connections, or says why it died. */
function launch({ bin, data, user, port, sockets = '', settings, log }) {
  const options = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: sockets,
    port,
    ...settings,
  });
  const args = ['-D', data, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`]), ...sharedMemory()];
  const before = fs.existsSync(log) ? fs.statSync(log).size : 0;
  const out = fs.openSync(log, 'a');
  const child = spawn(join(bin, 'bin', 'postgres'), args, {
    cwd: '/',
    detached: true,
    env: serverEnv(),
    stdio: ['ignore', 'ignore', out],
    ...user,
  });
  fs.closeSync(out);
  const words = () => fs.readFileSync(log).subarray(before).toString('utf8');
  return new Promise((done, fail) => {
    const poll = setInterval(() => {
      if (!words().includes('ready to accept connections')) return;
      clearInterval(poll);
      done(child);
    }, 25);
    child.once('error', (error) => {
      clearInterval(poll);
      fail(new PostgresError(`PostgreSQL cannot be started: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      clearInterval(poll);
      fail(
        new PostgresError(
          `PostgreSQL stopped at start (${signal ?? code}):\n${words().trim().split('\n').slice(-6).join('\n')}`,
        ),
      );
    });
  });
}

/** After a kill -9 the old backends need a moment to notice; until then the new server refuses to start. */
async function launchPatiently(options) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(options);
    } catch (error) {
      if (attempt >= 40 || !/shared memory block|lock file|is being used|Address already in use/.test(error.message))
        throw error;
      await sleep(250);
    }
  }
}

function trimLog(log) {
  if (fs.existsSync(log) && fs.statSync(log).size > 20e6) fs.renameSync(log, `${log}.1`);
}

const DURABLE = {
  max_connections: 100,
  shared_buffers: '128MB',
  wal_compression: 'on',
  log_timezone: 'UTC',
  timezone: 'UTC',
};
const THROW_AWAY = {
  ...DURABLE,
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 300,
  autovacuum: 'off',
  wal_compression: 'off',
};

/** Where a cluster of this home would be reached, without starting anything. */
export function describePostgres(home) {
  const user = serverUser();
  const data = join(clusterPlace(home, user), 'pg');
  const running = fs.existsSync(data) ? leftover(data) : undefined;
  return { data, running, url: running && urlOf(home, running.port) };
}

/**
 * A folder for the server's socket: a message over it costs a third less of the processor than over TCP. Undefined where a socket's
 * path would be too long for the system, and on Windows.
 */
function socketFolder(place, user) {
  const folder = join(place, 'pg-socket');
  if (process.platform === 'win32' || /[^\w./-]/.test(folder) || folder.length > 85) return undefined;
  fs.mkdirSync(folder, { recursive: true });
  if (user) fs.chownSync(folder, user.uid, user.gid);
  return folder;
}

const urlOf = (home, port, sockets) =>
  `postgres://opora:${secrets(home).app}@127.0.0.1:${port}/opora${sockets ? `?host=${sockets}` : ''}`;

/**
 * Starts the cluster of a home folder (making it the first time) and returns { url, port, pid, child, stop }.
 * durable: false is for tests alone. port: insist on this one. onLine tells a person what takes time.
 */
export async function startPostgres({ home, durable = true, port: wanted, onLine = () => undefined }) {
  const user = serverUser();
  const place = clusterPlace(home, user);
  const data = join(place, 'pg');
  const bin = binaries(user, place);
  const secret = secrets(home);
  const log = join(home, 'postgres.log');
  trimLog(log);
  if (fs.existsSync(join(data, 'PG_VERSION'))) {
    if (leftover(data)) onLine('stopping the PostgreSQL an earlier run left behind');
    await stopLeftover(data);
  } else {
    if (fs.existsSync(join(home, 'pg-ready')))
      throw new PostgresError(`the database of ${home} should be in ${data}, but it is not there`);
    onLine('making the database folder');
    initialise({ bin, data, user, superuser: secret.superuser, auth: durable ? 'scram-sha-256' : 'password', place });
  }
  const port = wanted ?? (await choosePort(home));
  const sockets = socketFolder(place, user);
  const child = await launchPatiently({
    bin,
    data,
    user,
    port,
    sockets,
    settings: durable ? DURABLE : THROW_AWAY,
    log,
  });
  const server = { port, pid: child.pid, child, data, url: urlOf(home, port, sockets), stop: () => stopServer(child) };
  const ready = join(home, 'pg-ready');
  if (!fs.existsSync(ready) || fs.readFileSync(ready, 'utf8') !== OWNER_VERSION) {
    await createOwner(secret, port);
    fs.writeFileSync(ready, OWNER_VERSION);
  }
  return server;
}

/** Goes up when createOwner learns something that older clusters lack. */
const OWNER_VERSION = '2';

/** The product connects as an ordinary owner of its database, as it would on a managed server. */
async function createOwner(secret, port) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: `postgres://postgres:${secret.superuser}@127.0.0.1:${port}/postgres`,
  });
  await client.connect();
  try {
    const has = async (catalog, column) =>
      (await client.query(`select 1 from ${catalog} where ${column} = 'opora'`)).rowCount > 0;
    if (!(await has('pg_roles', 'rolname')))
      await client.query(`create role opora login createdb password '${secret.app}'`);
    if (!(await has('pg_database', 'datname'))) await client.query('create database opora owner opora');
  } finally {
    await client.end();
  }
}

async function stopServer(child) {
  for (const [signal, ms] of [
    ['SIGINT', 15000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 2000],
  ]) {
    if (child.exitCode !== null || child.signalCode !== null || !isAlive(child.pid)) return;
    try {
      process.kill(child.pid, signal);
    } catch {
      return;
    }
    if (await waitFor(() => child.exitCode !== null || child.signalCode !== null || !isAlive(child.pid), ms)) return;
  }
}
