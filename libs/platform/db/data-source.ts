import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';

const ROOT = join(__dirname, '..', '..');

/** Every migration and entity file under libs/platform and libs/modules, required one by one. */
function collect(match: (path: string) => boolean): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (match(path)) found.push(path);
    }
  };
  for (const layer of ['platform', 'modules']) if (existsSync(join(ROOT, layer))) walk(join(ROOT, layer));
  return found.sort();
}

type Class = new () => object;

function classesOf(paths: string[]): Class[] {
  return paths.flatMap((path) =>
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- found by folder, so that a module brings its own
    Object.values(require(path) as Record<string, unknown>).filter(
      (value): value is Class => typeof value === 'function',
    ),
  );
}

export const allEntities = (): Class[] => classesOf(collect((path) => /\.entity\.(js|ts)$/.test(path)));
export const allMigrations = (): Class[] =>
  classesOf(collect((path) => /[\\/]migrations[\\/]\d+-[\w-]+\.(js|ts)$/.test(path))).filter((value) =>
    /\d{13}$/.test(value.name),
  );

/**
 * A connection that nobody has begun to listen to, and whose server dies in that very moment, must not take the process with it: the
 * next statement over it fails, and that is how its user hears.
 */
class SteadyClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Milliseconds a request waits for a connection before it is told to come again. */
const CONNECT_WITHIN = 15_000;
/** Longest statement, and longest pause inside a transaction, in milliseconds. */
const PATIENCE = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 };
/** A change of a large table takes as long as it takes. */
export const NO_HURRY = { statement_timeout: 0, idle_in_transaction_session_timeout: 0 };

export function dataSourceOptions(url: string, pool = 16, patience = PATIENCE): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: allEntities(),
    migrations: allMigrations(),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: pool,
    extra: {
      max: pool,
      ...patience,
      Client: SteadyClient,
      connectionTimeoutMillis: CONNECT_WITHIN,
      keepAlive: true,
      application_name: 'opora',
    },
    poolErrorHandler: () => undefined, // a lost idle connection is replaced by the pool
  };
}

export const makeDataSource = (url: string, pool?: number, patience?: typeof NO_HURRY): DataSource =>
  new DataSource(dataSourceOptions(url, pool, patience));
