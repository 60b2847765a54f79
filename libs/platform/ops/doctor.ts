import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { createConnection } from 'node:net';
import Redis from 'ioredis';
import { Client } from 'pg';
import { redisOptions } from '../live/redis';
import { relayOf } from '../mail/transports';
import type { Settings } from '../settings';
import { planMigrations } from './migrate';

export type Finding = { check: string; severity: 'ok' | 'warning' | 'error'; message: string; fix?: string };

const MIN_FREE_MB = 500;
const DUE_TOO_LONG_SECONDS = 300;
const ok = (check: string, message: string): Finding => ({ check, severity: 'ok', message });

/** Looks at everything the installation stands on and says what is wrong and how to mend it. Works with a broken database too. */
export async function examine(settings: Settings): Promise<Finding[]> {
  const findings = [...(await database(settings)), await disk(settings), await redis(settings), await mail(settings)];
  return findings;
}

async function database({ DATABASE_URL }: Settings): Promise<Finding[]> {
  const client = new Client({ connectionString: DATABASE_URL, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string; fsync: string; skew: string }>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
              abs(extract(epoch FROM clock_timestamp()) - $1::float8)::text AS skew`,
      [Date.now() / 1000],
    );
    const facts = rows[0]!;
    return [
      facts.version >= 150000
        ? ok('database', `PostgreSQL ${Math.floor(facts.version / 10000)}`)
        : {
            check: 'database',
            severity: 'error',
            message: `PostgreSQL ${facts.version} is too old`,
            fix: 'use PostgreSQL 15 or newer',
          },
      facts.encoding === 'UTF8'
        ? ok('encoding', 'UTF8')
        : {
            check: 'encoding',
            severity: 'error',
            message: facts.encoding,
            fix: 'create the database with ENCODING UTF8',
          },
      facts.fsync === 'on'
        ? ok('durability', 'fsync on')
        : {
            check: 'durability',
            severity: 'error',
            message: 'fsync is off: a crash may lose tickets',
            fix: 'ALTER SYSTEM SET fsync = on',
          },
      Number(facts.skew) < 5
        ? ok('clock', 'agrees with the database')
        : {
            check: 'clock',
            severity: 'warning',
            message: `${Math.round(Number(facts.skew))} s apart from the database`,
            fix: 'run a time service on both',
          },
      await schema(DATABASE_URL),
      await outbox(client),
    ];
  } catch (error) {
    return [
      {
        check: 'database',
        severity: 'error',
        message: error instanceof Error ? error.message : String(error),
        fix: 'check DATABASE_URL and that PostgreSQL runs',
      },
    ];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function schema(url: string): Promise<Finding> {
  const { pending } = await planMigrations(url);
  return pending.length
    ? { check: 'schema', severity: 'error', message: `${pending.length} migrations are pending`, fix: 'opora migrate' }
    : ok('schema', 'at head');
}

async function outbox(client: Client): Promise<Finding> {
  const { rows } = await client
    .query<{ dead: number; late: number }>(
      `SELECT count(*) FILTER (WHERE state = 'dead')::int AS dead, COALESCE(max(extract(epoch FROM now() - "dueAt")) FILTER (WHERE state = 'pending' AND attempts = 0), 0)::int AS late FROM outbox WHERE state IN ('dead', 'pending')`,
    )
    .catch(() => ({ rows: [{ dead: 0, late: 0 }] }));
  const { dead, late } = rows[0]!;
  if (dead)
    return {
      check: 'outbox',
      severity: 'warning',
      message: `${dead} rows wait for a person`,
      fix: 'opora outbox list --state dead; opora outbox retry <id>',
    };
  if (late > DUE_TOO_LONG_SECONDS)
    return {
      check: 'outbox',
      severity: 'warning',
      message: `the oldest row has been due for ${late} s`,
      fix: 'start a worker',
    };
  return ok('outbox', 'nothing is late or dead');
}

async function disk({ OPORA_HOME }: Settings): Promise<Finding> {
  try {
    await mkdir(OPORA_HOME, { recursive: true });
    await access(OPORA_HOME, constants.W_OK);
    const { bavail, bsize } = await statfs(OPORA_HOME);
    const freeMb = Math.floor((bavail * bsize) / 1024 / 1024);
    return freeMb < MIN_FREE_MB
      ? {
          check: 'disk',
          severity: 'warning',
          message: `${freeMb} MB free in ${OPORA_HOME}`,
          fix: 'free space or move OPORA_HOME',
        }
      : ok('disk', `${freeMb} MB free`);
  } catch {
    return {
      check: 'disk',
      severity: 'error',
      message: `${OPORA_HOME} cannot be written`,
      fix: 'give the user of the process the right to write there',
    };
  }
}

async function redis({ REDIS_URL }: Settings): Promise<Finding> {
  if (!REDIS_URL) return ok('redis', 'not configured: work is done in the same process');
  const client = new Redis({
    ...redisOptions(REDIS_URL),
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 3000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const [, policy] = (await client.config('GET', 'maxmemory-policy')) as [string, string];
    return policy === 'noeviction'
      ? ok('redis', 'reachable, noeviction')
      : {
          check: 'redis',
          severity: 'warning',
          message: `maxmemory-policy is ${policy}`,
          fix: 'CONFIG SET maxmemory-policy noeviction',
        };
  } catch (error) {
    return {
      check: 'redis',
      severity: 'warning',
      message: `not reachable (${error instanceof Error ? error.message : ''}); workers run the work themselves`,
      fix: 'check REDIS_URL',
    };
  } finally {
    client.disconnect();
  }
}

async function mail({ OPORA_SMTP_OUT }: Settings): Promise<Finding> {
  if (!OPORA_SMTP_OUT) return ok('mail out', 'local mailbox at /dev/mailbox');
  const { host, port } = relayOf(OPORA_SMTP_OUT);
  const reached = await new Promise<boolean>((resolve) => {
    const socket = createConnection({ host, port, timeout: 4000 }, () => resolve(true));
    socket.on('error', () => resolve(false)).on('timeout', () => resolve(false));
    socket.on('connect', () => socket.end());
  });
  return reached
    ? ok('mail out', `${host}:${port} answers`)
    : {
        check: 'mail out',
        severity: 'error',
        message: `${host}:${port} does not answer`,
        fix: 'check OPORA_SMTP_OUT and the network',
      };
}
