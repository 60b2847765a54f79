import type { DataSource } from 'typeorm';
import { makeDataSource, NO_HURRY } from '../db';

export type MigrationReport = { applied: string[]; pending: string[] };

const LOCK = 7_283_001;

async function withSource<Result>(url: string, work: (source: DataSource) => Promise<Result>): Promise<Result> {
  const source = await makeDataSource(url, 2, NO_HURRY).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

async function pendingOf(source: DataSource): Promise<string[]> {
  const [table] = await source.query<{ present: boolean }[]>(`SELECT to_regclass('migration') IS NOT NULL AS present`);
  const done = table?.present
    ? (await source.query<{ name: string }[]>('SELECT name FROM migration')).map(({ name }) => name)
    : [];
  return source.migrations
    .map((migration) => migration.name ?? migration.constructor.name)
    .filter((name) => !done.includes(name));
}

/** Brings the schema to this version; several processes may try at once, one does it. Each migration is its own transaction. */
export const migrate = (url: string): Promise<MigrationReport> =>
  withSource(url, async (source) => {
    const runner = source.createQueryRunner();
    await runner.query('SELECT pg_advisory_lock($1)', [LOCK]);
    try {
      await refuseNewer(source);
      const applied = await source.runMigrations({ transaction: 'each' });
      return { applied: applied.map(({ name }) => name), pending: [] };
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      await runner.release();
    }
  });

/** What `migrate` would do. */
export const planMigrations = (url: string): Promise<MigrationReport> =>
  withSource(url, async (source) => ({ applied: [], pending: await pendingOf(source) }));

/** Statements that would make the schema agree with the entities; empty when they agree. */
export const driftOf = (url: string): Promise<string[]> =>
  withSource(url, async (source) =>
    (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query),
  );

/** A schema made by a newer version is not touched. */
async function refuseNewer(source: DataSource): Promise<void> {
  const [table] = await source.query<{ present: boolean }[]>(`SELECT to_regclass('migration') IS NOT NULL AS present`);
  if (!table?.present) return;
  const known = new Set(source.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const foreign = (await source.query<{ name: string }[]>('SELECT name FROM migration ORDER BY id')).filter(
    ({ name }) => !known.has(name),
  );
  if (foreign.length)
    throw new Error(
      `the database was made by a newer version (${foreign.map(({ name }) => name).join(', ')}); start that version, or restore a backup`,
    );
}
