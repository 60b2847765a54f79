/**
 * `node tools/bench/rule-storm.mjs [--events 10000] [--tickets 2500] [--home <folder>]`: so many changes of tickets at once, a rule that
 * answers each with a comment and one that answers every second ticket's with a request for attention, two workers, one of them killed on
 * the way, a part of the events told twice. Each rule must meet each event once: no comment too many, none missing. Prints the counts, the
 * speed and the CPU time. Needs a built server (`node tools/build.mjs server`).
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
import { migrate } from './product.mjs';
import { cpuOf } from './usage.mjs';

const DATABASE = 'bench_storm';
const PATIENCE_MS = 900_000;

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

const TICKETS = `
INSERT INTO ticket (id, number, subject, "typeId", "processId", "statusId", "statusCategory", "priorityId", "authorKind", source, "createdAt", "updatedAt", "publicUpdatedAt")
  SELECT gen_random_uuid(), n, 'Storm ' || n, ty.id, ty."processId", (SELECT id FROM ticket_status WHERE code = 'in_work' AND ty."processId" = ANY("processIds")), 'in_work',
    (SELECT id FROM priority WHERE code = CASE WHEN n % 2 = 0 THEN 'high' ELSE 'normal' END), 'system', 'agent', now(), now(), now()
  FROM generate_series(1, $1::int) n, ticket_type ty WHERE ty.code = 'incident'`;

const rule = (number, when, word) => `
INSERT INTO rule (id, number, name, position, "isActive", version, revision, trigger, "when", actions, "createdAt", "updatedAt")
  VALUES (gen_random_uuid(), ${number}, '${word}', ${number}, true, 1, nextval('rule_revisions'), '{"kind": "event", "event": "ticket.changed", "fields": ["subject"]}',
    '${JSON.stringify(when)}', '[{"action": "comment", "params": {"html": "<p>${word}</p>", "audience": "internal"}}]', now(), now());`;
const RULES = rule(1, { all: [] }, 'each') + rule(2, { field: 'priorityCode', op: 'is', value: 'high' }, 'second');

/** The outbox rows the product writes for a change of the subject, as far as rules hear of it. */
const EVENTS = `
INSERT INTO outbox (id, "eventId", name, handler, payload, "dueAt", "createdAt")
  SELECT gen_random_uuid(), gen_random_uuid(), 'ticket.changed', 'RuleEvents.changed',
    jsonb_build_object('ticketId', t.id, 'fields', '["subject"]'::jsonb, 'version', 1, 'actorKind', 'employee', 'actorId', NULL), now(), now()
  FROM generate_series(1, $1::int) n JOIN ticket t ON t.number = 1 + n % (SELECT count(*) FROM ticket)`;

const TWICE = `UPDATE outbox SET state = 'pending', attempts = 0, "leasedUntil" = NULL WHERE id IN
  (SELECT id FROM outbox WHERE handler = 'RuleEvents.changed' AND state = 'done' AND payload->'fields' = '["subject"]' LIMIT 1000)`;

const RESULT = `SELECT (SELECT count(*)::int FROM rule_firing WHERE outcome = 'fired') AS fired,
  (SELECT count(*)::int FROM (SELECT 1 FROM rule_firing GROUP BY "ruleId", "eventId" HAVING count(*) > 1) d) AS doubles,
  (SELECT count(DISTINCT "eventId")::int FROM rule_firing) AS events, (SELECT count(*)::int FROM rule_firing WHERE outcome <> 'fired') AS "not fired",
  (SELECT count(*)::int FROM comment) AS comments, (SELECT count(*)::int FROM outbox WHERE state = 'dead') AS dead,
  (SELECT count(*)::int FROM rule_alarm) AS alarms`;

async function startWorker(home, url) {
  const ports = { PORT: String(await freePort()), OPORA_SMTP_PORT: String(await freePort()) };
  const env = { ...productEnv(home, url), ...ports, OPORA_HOST: '127.0.0.1', OPORA_LOG: 'info', REDIS_URL: '' };
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

async function until(client, condition, what) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query(`SELECT ${condition} AS reached`);
    if (rows[0].reached) return;
    if (Date.now() > end) throw new Error(`${what} did not come in time`);
    await sleep(250);
  }
}

const met = (count) =>
  `(SELECT count(*) FROM outbox WHERE handler = 'RuleEvents.changed' AND state = 'done' AND payload->'fields' = '["subject"]') >= ${count}`;
const QUIET = `NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'pending' AND "dueAt" < now() + interval '2 minutes')`;

async function main() {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '10000' },
      tickets: { type: 'string', default: '2500' },
      home: { type: 'string', default: join(homeFolder(), 'bench') },
    },
  });
  const [events, tickets] = [Number(values.events), Number(values.tickets)];
  fs.mkdirSync(values.home, { recursive: true });
  const unlock = await lockHome(values.home, 'storm');
  const postgres = await step('database', () => startPostgres({ home: values.home }));
  const admin = (sql) => withClient(inDatabase(postgres.url, 'opora'), (client) => client.query(sql));
  const url = inDatabase(postgres.url, DATABASE);
  const workers = [];
  try {
    await admin(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await admin(`CREATE DATABASE ${DATABASE}`);
    await step('schema', () => migrate(values.home, url));
    await withClient(url, async (client) => {
      await client.query(TICKETS, [tickets]);
      await client.query(RULES);
      workers.push(...(await Promise.all([startWorker(values.home, url), startWorker(values.home, url)])));
      const before = { database: cpuOf(postgres.pid), workers: workers.map(({ pid }) => cpuOf(pid)), at: Date.now() };
      await client.query(EVENTS, [events]);
      await step('two workers, half of the events', () => until(client, met(events / 2), 'the half'));
      const killed = cpuOf(workers[0].pid) - before.workers[0];
      workers[0].kill('SIGKILL');
      await client.query(TWICE);
      await step('one killed, a thousand told twice, the other alone', () =>
        until(client, `${met(events)} AND ${QUIET}`, 'the end'),
      );
      const wall = Date.now() - before.at;
      const { rows } = await client.query(RESULT);
      const expected = events + Math.ceil(events / 2);
      console.table({
        expected,
        ...rows[0],
        seconds: Math.round(wall / 1000),
        'events a second': Math.round(events / (wall / 1000)),
        'cores of the workers': Number(((killed + cpuOf(workers[1].pid) - before.workers[1]) / wall).toFixed(2)),
        'cores of the database': Number(((cpuOf(postgres.pid) - before.database) / wall).toFixed(2)),
        'load of the machine': loadavg()[0].toFixed(1),
      });
      const { fired, doubles, comments, dead, events: seen } = rows[0];
      const isRight = seen === events && fired === comments && fired === expected && doubles === 0 && dead === 0;
      console.log(isRight ? 'each rule met each event once' : 'NOT RIGHT');
      process.exitCode = isRight ? 0 : 1;
    });
  } finally {
    for (const worker of workers) worker.kill('SIGTERM');
    await Promise.all(workers.map(stopped));
    await admin(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`).catch(() => undefined);
    await postgres.stop();
    unlock();
  }
}

runMain(main);
