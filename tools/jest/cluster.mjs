/** The throw-away PostgreSQL of the tests and the migrated database `opora_template` that every spec file clones. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describePostgres, startPostgres } from '../postgres.mjs';
import { isAlive } from '../processes.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const TEMPLATE = 'opora_template';

function memoryOrDisk() {
  try {
    const { bavail, bsize } = fs.statfsSync('/dev/shm');
    fs.accessSync('/dev/shm', fs.constants.W_OK);
    return bavail * bsize > 1e9 ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Every migration, by path and content. */
function migrationsHash() {
  const hash = createHash('sha256');
  const folders = ['platform', 'modules']
    .map((layer) => join(root, 'libs', layer))
    .filter((folder) => fs.existsSync(folder));
  const files = folders.flatMap((folder) =>
    fs.readdirSync(folder, { recursive: true }).map((name) => join(folder, name)),
  );
  for (const file of files.filter((name) => /[\\/]migrations[\\/].+\.(ts|sql)$/.test(name)).sort()) {
    hash.update(file).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

const inDatabase = (url, database) => Object.assign(new URL(url), { pathname: `/${database}` }).toString();

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function templateIsFresh(url, hash) {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `select shobj_description(oid, 'pg_database') as hash from pg_database where datname = $1`,
      [TEMPLATE],
    );
    return rows[0]?.hash === hash;
  });
}

/** Migrates an empty database and only then gives it its name: a broken migration leaves no half template. */
async function makeTemplate(url, hash) {
  await withClient(url, async (client) => {
    await client.query(`drop database if exists ${TEMPLATE} with (force)`);
    await client.query(`drop database if exists ${TEMPLATE}_half with (force)`);
    await client.query(`create database ${TEMPLATE}_half strategy file_copy`);
  });
  const env = { ...process.env, OPORA_TEMPLATE_URL: inDatabase(url, `${TEMPLATE}_half`) };
  const run = spawnSync(process.execPath, [join(here, 'migrate-template.cjs')], { cwd: root, env, encoding: 'utf8' });
  if (run.status !== 0)
    throw new Error(`the migrations fail on an empty database:\n${`${run.stdout}${run.stderr}`.slice(0, 1500)}`);
  await withClient(url, async (client) => {
    await client.query(`comment on database ${TEMPLATE}_half is '${hash}'`);
    await client.query(`alter database ${TEMPLATE}_half rename to ${TEMPLATE}`);
  });
}

/** Databases of spec files that were killed: a clone is called t_<pid>_…. */
async function dropLeftovers(url) {
  await withClient(url, async (client) => {
    const { rows } = await client.query("select datname from pg_database where datname ~ '^t_[0-9]+_'");
    for (const { datname } of rows.filter((row) => !isAlive(Number(row.datname.split('_')[1])))) {
      await client.query(`drop database if exists "${datname}" with (force)`).catch(() => undefined);
    }
  });
}

/** One at a time: the template must not be rebuilt while another run clones it. */
async function lock(file) {
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(fs.readFileSync(file, 'utf8').trim() || 0);
      if (!holder || !isAlive(holder)) fs.rmSync(file, { force: true });
      else await sleep(100);
    }
  }
}

/** A parent killed by force cannot stop its cluster: this watcher does, and removes the folder. */
function watch(home, serverPid) {
  const script = `
    const fs = require('node:fs');
    const alive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
    process.on('SIGINT', () => {}); process.on('SIGTERM', () => {});
    const [parent, server, home] = process.argv.slice(1);
    setInterval(() => {
      if (alive(+parent)) return;
      try { process.kill(+server, 'SIGQUIT'); } catch {}
      setTimeout(() => { fs.rmSync(home, { recursive: true, force: true }); process.exit(); }, 1000);
    }, 500);`;
  spawn(process.execPath, ['-e', script, String(process.pid), String(serverPid), home], {
    detached: true,
    stdio: 'ignore',
  }).unref();
}

/** Starts or finds the cluster, makes the template if the migrations changed. Returns { url, stop }. */
export async function startTestCluster() {
  const keep = process.env.OPORA_TEST_PG_KEEP === '1';
  const base = memoryOrDisk();
  const name = `opora-test-${userInfo().uid}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`;
  const home = keep ? join(base, name) : fs.mkdtempSync(join(base, `${name}-`));
  fs.mkdirSync(home, { recursive: true });
  fs.chmodSync(home, 0o755);
  const unlock = await lock(join(home, 'lock'));
  let server;
  try {
    const running = keep ? describePostgres(home).url : undefined;
    server = running ? { url: running } : await startPostgres({ home, durable: false });
    if (keep) server.child?.unref();
    else watch(home, server.pid);
    const hash = migrationsHash();
    if (!(await templateIsFresh(server.url, hash))) await makeTemplate(server.url, hash);
    if (keep) await dropLeftovers(server.url);
    const stop = async () => {
      if (keep) return;
      await server.stop();
      fs.rmSync(home, { recursive: true, force: true });
    };
    return { url: server.url, stop };
  } catch (error) {
    if (!keep && server) await server.stop().then(() => fs.rmSync(home, { recursive: true, force: true }));
    throw error;
  } finally {
    unlock();
  }
}
