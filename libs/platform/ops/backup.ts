import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { makeDataSource } from '../db';
import { migrate } from './migrate';

export type TableCount = { table: string; rows: number; sha256: string };
export type Manifest = {
  version: 1;
  createdAt: string;
  migrations: string[];
  tables: TableCount[];
  sequences: Record<string, string>;
  files: number;
};

const TABLES = `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`;
const FOREIGN_KEYS = `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
  WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0`;
type ForeignKey = { table: string; name: string; definition: string };
const SEQUENCES = `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL`;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function connected<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Columns that are computed are not written. */
async function columnsOf(client: Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => quoted(name)).join(', ');
}

/**
 * Writes every table as it was at one moment (one repeatable-read snapshot), the sequences and the files into a folder.
 * Needs no PostgreSQL client programs. The schema itself is made by the migrations when it is restored.
 */
export async function backup(
  url: string,
  folder: string,
  filesFolder: string | undefined,
  now: Date,
): Promise<Manifest> {
  if (existsSync(folder) && (await readdir(folder)).length) throw new Error(`${folder} is not empty`);
  await mkdir(join(folder, 'tables'), { recursive: true });
  return connected(url, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const names = (await client.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
    const tables: TableCount[] = [];
    for (const table of names) tables.push(await dumpTable(client, table, join(folder, 'tables', `${table}.copy.gz`)));
    const migrations = (await client.query<{ name: string }>('SELECT name FROM migration ORDER BY id')).rows.map(
      ({ name }) => name,
    );
    const sequences = Object.fromEntries(
      (await client.query<{ name: string; value: string }>(SEQUENCES)).rows.map(({ name, value }) => [name, value]),
    );
    const { rows } = await client.query<{ n: string }>('SELECT count(DISTINCT sha256) AS n FROM stored_file');
    await client.query('COMMIT');
    if (filesFolder && existsSync(filesFolder))
      await cp(filesFolder, join(folder, 'files'), { recursive: true, filter: (path) => !path.includes('incoming') });
    const manifest: Manifest = {
      version: 1,
      createdAt: now.toISOString(),
      migrations,
      tables,
      sequences,
      files: Number(rows[0]?.n ?? 0),
    };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2));
    return manifest;
  });
}

async function dumpTable(client: Client, table: string, file: string): Promise<TableCount> {
  const columns = await columnsOf(client, table);
  const hash = createHash('sha256');
  let rows = 0;
  const source = client.query(
    copyTo(`COPY (SELECT ${columns} FROM ${quoted(table)} t ORDER BY t.*::text COLLATE "C") TO STDOUT`),
  );
  source.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    for (const byte of chunk) if (byte === 10) rows++;
  });
  await pipeline(source, createGzip({ level: 4 }), createWriteStream(file));
  return { table, rows, sha256: hash.digest('hex') };
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

/**
 * Fills an empty database from a backup and compares every table with the manifest. Throws when one differs.
 * The tables are loaded in any order: foreign keys are put back, and so checked, at the end.
 */
export async function restore(url: string, folder: string, filesFolder: string | undefined): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await connected(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(TABLES);
    if (rows.length) throw new Error('the database to restore into is not empty');
  });
  await migrate(url);
  await connected(url, async (client) => {
    await client.query('BEGIN');
    const names = (await client.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
    const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS);
    for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`);
    for (const name of names) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
    await client.query(`TRUNCATE ${names.map(quoted).join(', ')}`);
    for (const { table } of manifest.tables) await loadTable(client, table, join(folder, 'tables', `${table}.copy.gz`));
    for (const [name, value] of Object.entries(manifest.sequences))
      await client.query('SELECT setval($1::regclass, $2::bigint)', [quoted(name), value]);
    for (const { table, name, definition } of keys)
      await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`);
    for (const name of names) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
    await client.query('COMMIT');
  });
  await compare(url, manifest);
  if (filesFolder && existsSync(join(folder, 'files')))
    await cp(join(folder, 'files'), filesFolder, { recursive: true });
  return manifest;
}

async function loadTable(client: Client, table: string, file: string): Promise<void> {
  const columns = await columnsOf(client, table);
  await pipeline(
    createReadStream(file),
    createGunzip(),
    client.query(copyFrom(`COPY ${quoted(table)} (${columns}) FROM STDIN`)),
  );
}

async function compare(url: string, manifest: Manifest): Promise<void> {
  await connected(url, async (client) => {
    for (const expected of manifest.tables) {
      const found = await dumpTable(client, expected.table, '/dev/null');
      if (found.rows !== expected.rows || found.sha256 !== expected.sha256) {
        throw new Error(`table ${expected.table} differs after the restore: ${found.rows} rows of ${expected.rows}`);
      }
    }
  });
}

/** Restores into a scratch database beside the real one, compares, and drops it: proof that the backup can be used. */
export async function verifyBackup(url: string, folder: string): Promise<Manifest> {
  const scratch = `opora_verify_${Date.now().toString(36)}`;
  const target = new URL(url);
  target.pathname = `/${scratch}`;
  await connected(url, (client) => client.query(`CREATE DATABASE ${scratch}`));
  try {
    const manifest = await restore(target.toString(), folder, undefined);
    await compareFiles(folder, target.toString());
    return manifest;
  } finally {
    await connected(url, (client) => client.query(`DROP DATABASE IF EXISTS ${scratch} WITH (FORCE)`));
  }
}

/** Every file a row speaks of lies in the backup with the bytes of its name. */
async function compareFiles(folder: string, url: string): Promise<void> {
  const files = join(folder, 'files');
  if (!existsSync(files)) return;
  const source = await makeDataSource(url, 2).initialize();
  const rows = await source.query<{ sha256: string }[]>('SELECT DISTINCT sha256 FROM stored_file');
  await source.destroy();
  for (const { sha256 } of rows) {
    const bytes = await readFile(join(files, sha256.slice(0, 2), sha256.slice(2, 4), sha256)).catch(() => undefined);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Error(`file ${sha256} is missing from the backup or damaged`);
  }
}
