/**
 * `node tools/bench/sla-moments.mjs [--clocks 100000] [--minutes 10] [--home <folder>]`: so many tickets whose deadlines are spread over
 * so many minutes, two workers, one of them killed on the way. Every warning and every end must be told once, within five seconds.
 * Prints what was told and expected, doubles, how late, and the CPU time. Needs a built server (`node tools/build.mjs server`).
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { homeFolder, lockHome, productEnv, root } from '../home.mjs';
import { startPostgres } from '../postgres.mjs';
import { freePort } from '../processes.mjs';
import { runMain, step } from '../progress.mjs';
import { policySql, rebuildClocks } from './policies.mjs';
import { migrate } from './product.mjs';
import { cpuOf } from './usage.mjs';

const DATABASE = 'bench_moments';
const TARGET_SECONDS = 4 * 3600;
/** Told before each end, so that a clock has three moments. */
const WARNINGS = [60, 30];
const EMPLOYEES = 50;
const SETTLE_MS = 15_000;
/** Workers come up this long before the first moment. */
const EARLY_MS = 40_000;

const server = (file) => join(root, 'dist/server/apps', file);
const inDatabase = (url, name) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** People, a calendar that never closes, a policy for every ticket. */
const RULES = `
INSERT INTO employee (id, name, email, locale, "isActive", "roleIds", "createdAt")
  SELECT gen_random_uuid(), 'Сотрудник ' || n, 'moments' || n || '@opora.localhost', 'ru', true, ARRAY[(SELECT id FROM role WHERE code = 'engineer')], now()
  FROM generate_series(1, ${EMPLOYEES}) n;
${policySql({
  name: 'Four hours',
  calendar: 'always',
  metrics: [
    {
      metric: 'resolution',
      seconds: TARGET_SECONDS,
      warnings: WARNINGS.map((beforeSeconds) => ({ beforeSeconds })),
    },
  ],
})}`;

/** Tickets registered so that the ends lie in the window. */
const TICKETS = `
INSERT INTO ticket (id, number, subject, "typeId", "statusId", "statusCategory", "priorityId", "assigneeId", "authorKind", source, "createdAt", "updatedAt", "publicUpdatedAt")
  SELECT gen_random_uuid(), n, 'Заявка ' || n, (SELECT id FROM ticket_type WHERE code = 'incident'), (SELECT id FROM ticket_status WHERE code = 'in_work'), 'in_work',
    (SELECT id FROM priority WHERE code = 'normal'), (SELECT id FROM employee WHERE email = 'moments' || (1 + n % ${EMPLOYEES}) || '@opora.localhost'), 'system', 'agent', born, born, born
  FROM generate_series(1, $1::int) n, LATERAL (SELECT $2::timestamptz + interval '1 millisecond' * ((n::bigint * 7919) % $3::bigint) - interval '${TARGET_SECONDS} seconds' AS born) b`;

async function startWorker(home, url) {
  const env = {
    ...productEnv(home, url),
    PORT: String(await freePort()),
    OPORA_SMTP_PORT: String(await freePort()),
    OPORA_HOST: '127.0.0.1',
    OPORA_LOG: 'info',
    REDIS_URL: '',
  };
  const child = spawn(process.execPath, [server('api/worker.js')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((done, fail) => {
    child.once('exit', () => fail(new Error('a worker did not start')));
    child.stdout.setEncoding('utf8').on('data', (text) => text.includes('ready') && done());
  });
  return child;
}

const stopped = (child) =>
  new Promise((done) => (child.exitCode === null && !child.signalCode ? child.once('exit', done) : done()));

const RESULT = `WITH late AS (SELECT extract(epoch FROM "firedAt" - at)::float8 AS s FROM sla_moment WHERE at >= $1),
  sent AS (SELECT m->>'id' AS id FROM outbox o, jsonb_array_elements(o.payload->'moments') m WHERE o.name IN ('sla.warned', 'sla.breached')),
  heard AS (SELECT extract(epoch FROM n."createdAt" - m.at)::float8 AS s FROM notification n JOIN sla_moment m ON m.id = n."eventId" WHERE n.channel = 'app')
SELECT (SELECT count(*)::int FROM late) AS told, (SELECT count(*)::int - count(DISTINCT ("clockId", threshold))::int FROM sla_moment) AS doubles,
  (SELECT count(*)::int FROM sent) AS published, (SELECT count(*)::int - count(DISTINCT id)::int FROM sent) AS "publishedTwice",
  (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY s) FROM late) AS p50, (SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY s) FROM late) AS p99, (SELECT max(s) FROM late) AS max,
  (SELECT count(*)::int FROM heard) AS heard, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY s) FROM heard) AS "heardP50",
  (SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY s) FROM heard) AS "heardP99",
  (SELECT count(*)::int FROM outbox WHERE state = 'pending' AND "dueAt" < now()) AS waiting, (SELECT count(*)::int FROM outbox WHERE state = 'dead') AS dead,
  (SELECT count(*)::int FROM outgoing_mail) AS mails`;

async function main() {
  const { values } = parseArgs({
    options: {
      clocks: { type: 'string', default: '100000' },
      minutes: { type: 'string', default: '10' },
      home: { type: 'string', default: join(homeFolder(), 'bench') },
    },
  });
  const [clocks, minutes] = [Number(values.clocks), Number(values.minutes)];
  fs.mkdirSync(values.home, { recursive: true });
  const unlock = await lockHome(values.home, 'moments');
  const postgres = await step('database', () => startPostgres({ home: values.home }));
  const admin = (sql) => withClient(inDatabase(postgres.url, 'opora'), (client) => client.query(sql));
  const url = inDatabase(postgres.url, DATABASE);
  const workers = [];
  try {
    await admin(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await admin(`CREATE DATABASE ${DATABASE}`);
    await step('schema', () => migrate(values.home, url));
    // Computing the clocks takes its time; the first moment comes after it.
    const lead = 60_000 + EARLY_MS + clocks * 5;
    const first = new Date(Date.now() + lead + WARNINGS[0] * 1000);
    await step(`${clocks} tickets`, () =>
      withClient(url, async (client) => {
        await client.query(RULES);
        await client.query(TICKETS, [clocks, first, minutes * 60_000]);
        await client.query('ANALYZE');
      }),
    );
    const began = performance.now();
    console.log(await step('their clocks', () => rebuildClocks(values.home, url)));
    console.log(`    ${Math.round(clocks / ((performance.now() - began) / 1000))} tickets a second`);
    await withClient(url, (client) => client.query('VACUUM ANALYZE'));
    const start = first.getTime() - WARNINGS[0] * 1000;
    const seconds = minutes * 60 + WARNINGS[0];
    if (Date.now() > start) throw new Error('computing the clocks took longer than thought: run with fewer');
    await sleep(Math.max(0, start - Date.now() - EARLY_MS));
    workers.push(...(await Promise.all([startWorker(values.home, url), startWorker(values.home, url)])));
    await sleep(Math.max(0, start - Date.now()));
    const before = { database: cpuOf(postgres.pid), workers: workers.map(({ pid }) => cpuOf(pid)), at: Date.now() };
    let killed = 0;
    await step(`two workers for ${Math.round(seconds / 2)} s`, () => sleep((seconds * 1000) / 2));
    killed = cpuOf(workers[0].pid) - before.workers[0];
    workers[0].kill('SIGKILL');
    await step('the other one alone', () => sleep((seconds * 1000) / 2 + SETTLE_MS));
    const wall = Date.now() - before.at;
    const used = {
      workers: (killed + cpuOf(workers[1].pid) - before.workers[1]) / wall,
      database: (cpuOf(postgres.pid) - before.database) / wall,
    };
    const { rows } = await withClient(url, (client) => client.query(RESULT, [new Date(start)]));
    const expected = clocks * (WARNINGS.length + 1);
    const round = (value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value);
    console.table({
      expected,
      ...Object.fromEntries(Object.entries(rows[0]).map(([name, value]) => [name, round(value)])),
      'moments a second': Math.round(expected / seconds),
      'cores of the workers': round(used.workers),
      'cores of the database': round(used.database),
      'load of the machine': loadavg()[0].toFixed(1),
    });
    const isRight =
      rows[0].told === expected && rows[0].doubles === 0 && rows[0].publishedTwice === 0 && rows[0].p99 <= 5;
    console.log(isRight ? 'every moment was told once and in time' : 'NOT RIGHT');
    process.exitCode = isRight ? 0 : 1;
  } finally {
    for (const worker of workers) worker.kill('SIGTERM');
    await Promise.all(workers.map(stopped));
    await admin(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`).catch(() => undefined);
    await postgres.stop();
    unlock();
  }
}

runMain(main);
