/**
 * `npm run bench [-- --tickets 100000 --seconds 10 --only search,comment --keep]`: loads a scratch database, runs the built server on it and
 * measures the main operations, each against the same question asked of PostgreSQL without a server. `npm run bench -- work-time` needs no
 * database: deadlines against a walk with Temporal.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { loadDataset, PASSWORD } from './bench/dataset.mjs';
import { measure } from './bench/drive.mjs';
import { measureMail } from './bench/mail.mjs';
import { apiOperations, bareOperations, viewOf } from './bench/operations.mjs';
import { rebuildClocks } from './bench/policies.mjs';
import { migrate, signIn, startProduct } from './bench/product.mjs';
import { statementsOf } from './bench/statements.mjs';
import { memoryOf, watchMemory } from './bench/usage.mjs';
import { benchWorkTime } from './bench/work-time.mjs';
import { build } from './build.mjs';
import { homeFolder, lockHome, root } from './home.mjs';
import { checkNode, install } from './install.mjs';
import { startPostgres } from './postgres.mjs';
import { Failure, runMain, step } from './progress.mjs';

const MAIL = 'mail in';
const WORK_TIME = 'work-time';

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tickets: { type: 'string', default: '100000' },
      seconds: { type: 'string', default: '10' },
      mails: { type: 'string', default: '1000' },
      only: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const number = (name) => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Failure(`--${name} ${values[name]}: a number above zero is expected`);
    return value;
  };
  const strange = positionals.find((word) => word !== WORK_TIME);
  if (strange) throw new Failure(`${strange}: only ${WORK_TIME} can be measured by itself`);
  return {
    onlyWorkTime: positionals.includes(WORK_TIME),
    tickets: number('tickets'),
    seconds: number('seconds'),
    mails: number('mails'),
    keep: values.keep,
    only: values.only?.split(','),
  };
}

const inDatabase = (url, name) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();

async function inside(url, ...statements) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let result;
    for (const statement of statements) result = await client.query(statement);
    return result.rows;
  } finally {
    await client.end();
  }
}

/** Names of all databases after these statements. */
const administer = async (url, ...statements) =>
  (await inside(inDatabase(url, 'opora'), ...statements, 'SELECT datname AS name FROM pg_database')).map(
    ({ name }) => name,
  );

/** Changes with whatever the loaded rows depend on. */
function fingerprint(tickets) {
  const sum = createHash('sha256')
    .update(String(tickets))
    .update(fs.readFileSync(join(root, 'tools/bench/dataset.mjs')))
    .update(fs.readFileSync(join(root, 'tools/bench/policies.mjs')));
  const modules = join(root, 'libs');
  for (const name of fs
    .readdirSync(modules, { recursive: true })
    .filter((path) => /migrations[\\/]\d+-[\w-]+\.ts$/.test(path))
    .sort()) {
    sum.update(fs.readFileSync(join(modules, name)));
  }
  return sum.digest('hex').slice(0, 12);
}

/** A copy of the loaded database, so that the next run begins with the same rows. */
async function prepareDatabase(home, url, { tickets }) {
  const loaded = `bench_${tickets}_${fingerprint(tickets)}`;
  const names = await administer(url, 'DROP DATABASE IF EXISTS bench_run WITH (FORCE)');
  const old = names.filter((name) => name.startsWith('bench_') && name !== loaded && name !== 'bench_run');
  if (old.length) await administer(url, ...old.map((name) => `DROP DATABASE "${name}" WITH (FORCE)`));
  if (!names.includes(loaded)) {
    await administer(url, 'CREATE DATABASE bench_half');
    await migrate(home, inDatabase(url, 'bench_half'));
    const say = (what) => console.log(`    ${what}`);
    await loadDataset(inDatabase(url, 'bench_half'), { tickets, passwordHash: await hash(PASSWORD), say });
    say('SLA clocks');
    await rebuildClocks(home, inDatabase(url, 'bench_half'));
    await inside(inDatabase(url, 'bench_half'), 'VACUUM ANALYZE');
    await administer(url, `ALTER DATABASE bench_half RENAME TO "${loaded}"`);
  }
  await administer(url, `CREATE DATABASE bench_run TEMPLATE "${loaded}" STRATEGY FILE_COPY`, 'CHECKPOINT').catch(
    ignoreCheckpoint,
  );
  return inDatabase(url, 'bench_run');
}

/** An ordinary owner may not ask for a checkpoint; it comes by itself. */
function ignoreCheckpoint(error) {
  if (error.code !== '42501') throw error;
}

const isWanted = (name, only) => !only || only.some((word) => name.startsWith(word));

async function measureAll({ home, product, postgres, url }, options) {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  const pids = { server: product.pid, database: postgres.pid };
  const results = {};
  try {
    const { rows } = await pool.query('SELECT id FROM ticket ORDER BY number LIMIT 20000');
    const admin = await signIn(product, 'bench0@opora.localhost', PASSWORD);
    const engineer = await signIn(product, 'bench1@opora.localhost', PASSWORD);
    const api = apiOperations({ admin, engineer, count: options.tickets });
    const statements = () => statementsOf(home, url, (who) => viewOf(who)());
    const bare = bareOperations({ pool, ids: rows.map(({ id }) => id), count: options.tickets, statements });
    const measureBare = (name) =>
      bare[name] && measure(bare[name], { seconds: options.seconds / 2, pids: { database: postgres.pid } });
    for (const name of Object.keys(api).filter((name) => isWanted(name, options.only))) {
      await step(name, async () => {
        const over = await measure(api[name], { seconds: options.seconds, pids });
        results[name] = {
          ...over,
          direct: await measureBare(name),
          planned: await measureBare(`${name}, planned once`),
        };
      });
    }
    if (isWanted(MAIL, options.only)) {
      await step(MAIL, async () => {
        results[MAIL] = await measureMail({
          pool,
          product,
          pids,
          count: options.mails,
          say: (words) => console.log(`    ${words}`),
        });
      });
    }
  } finally {
    await pool.end();
  }
  return results;
}

const cell = (value) => (value === undefined ? '—' : String(value));

function printTable({ operations, memory, startSeconds, load }) {
  const part = (over, bare) => (over && bare ? (over / bare).toFixed(2) : undefined);
  const rows = Object.entries(operations).map(([name, { alone, eight, cpu, direct, planned }]) => ({
    operation: name,
    'p50 ms': cell(alone?.p50),
    'p95 ms': cell(alone?.p95),
    'p50 of 8': cell(eight.p50),
    'p95 of 8': cell(eight.p95),
    'req/s of 8': cell(eight.perSecond),
    'CPU server': cell(cpu.server),
    'CPU database': cell(cpu.database),
    'pg p50': cell(direct?.alone.p50),
    'pg p95': cell(direct?.alone.p95),
    'pg req/s of 8': cell(direct?.eight.perSecond),
    '× p50': cell(part(alone?.p50, direct?.alone.p50)),
    '× p95': cell(part(alone?.p95, direct?.alone.p95)),
    '× req/s': cell(part(eight.perSecond, direct?.eight.perSecond)),
    '× p50 planned once': cell(part(alone?.p50, planned?.alone.p50)),
    '× p95 planned once': cell(part(alone?.p95, planned?.alone.p95)),
  }));
  console.log();
  console.table(Object.fromEntries(rows.map(({ operation, ...row }) => [operation, row])));
  const mib = (use) => (use ? `${use.rss} / ${use.pss}` : '—');
  console.log(
    `memory RSS / PSS in MiB: at rest ${mib(memory.rest)}, highest ${mib(memory.highest)}; start to the first answer ${startSeconds.toFixed(1)} s`,
  );
  console.log(
    `CPU is in milliseconds a request. Load of the machine: ${load.map((value) => value.toFixed(1)).join(' ')} on ${cpus().length} cores.`,
  );
}

async function main() {
  checkNode();
  const options = readOptions();
  install();
  if (options.onlyWorkTime) return void benchWorkTime();
  await build(['server'], { quiet: true });
  const home = join(homeFolder(), 'bench');
  fs.mkdirSync(home, { recursive: true });
  const unlock = await lockHome(home, 'bench');
  const postgres = await step('database', () => startPostgres({ home }));
  let product;
  try {
    const url = await step(`${options.tickets} tickets`, () => prepareDatabase(home, postgres.url, options));
    product = await step('server', () => startProduct(home, url));
    const rest = memoryOf(product.pid);
    const stopWatch = watchMemory(product.pid);
    const operations = await measureAll({ home, product, postgres, url }, options);
    const report = {
      at: new Date().toISOString(),
      tickets: options.tickets,
      operations,
      memory: { rest, highest: stopWatch() },
      startSeconds: product.startSeconds,
      load: loadavg(),
      workTime: isWanted(WORK_TIME, options.only) ? benchWorkTime() : undefined,
    };
    fs.mkdirSync(join(root, 'dist'), { recursive: true });
    fs.writeFileSync(join(root, 'dist/bench.json'), `${JSON.stringify(report, null, 2)}\n`);
    printTable(report);
  } finally {
    await product?.stop();
    if (!options.keep)
      await administer(postgres.url, 'DROP DATABASE IF EXISTS bench_run WITH (FORCE)').catch(() => undefined);
    await postgres.stop();
    unlock();
  }
}

runMain(main);
