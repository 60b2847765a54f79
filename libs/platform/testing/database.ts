import { Client } from 'pg';

const TEMPLATE = 'opora_template';

export type ClonedDatabase = { url: string; drop(): Promise<void> };

/** A fresh copy of the migrated template; the throw-away server's address is in OPORA_TEST_PG. */
export async function templateDatabase(): Promise<ClonedDatabase> {
  // eslint-disable-next-line no-restricted-properties -- set by the test runner, not a setting of the product
  const server = process.env.OPORA_TEST_PG;
  if (!server)
    throw new Error('OPORA_TEST_PG is not set: run the tests through jest, whose global setup starts PostgreSQL');
  // eslint-disable-next-line no-restricted-properties -- the same
  const template = process.env.OPORA_TEST_TEMPLATE ?? TEMPLATE;
  const name = `t_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  await admin(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => admin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function admin(server: string, sql: string): Promise<void> {
  const url = new URL(server);
  url.pathname = '/postgres';
  for (let attempt = 1; ; attempt++) {
    const client = new Client({ connectionString: url.toString() });
    try {
      await client.connect();
      await client.query(sql);
      return;
    } catch (error) {
      // Another worker is copying the template at this moment.
      if (attempt >= 20 || (error as { code?: string }).code !== '55006') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
