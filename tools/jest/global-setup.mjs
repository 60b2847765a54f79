import { startTestCluster } from './cluster.mjs';

/**
 * OPORA_TEST_PG: a role that may create databases, on a cluster that holds `opora_template`.
 * When the migrations fail it stays unset: specs that need a database then fail and say so, pure ones still run.
 */
export default async function globalSetup() {
  try {
    const cluster = await startTestCluster();
    process.env.OPORA_TEST_PG = cluster.url;
    globalThis.__oporaCluster = cluster;
  } catch (error) {
    delete process.env.OPORA_TEST_PG;
    console.error(`\nNo test database: ${error.message}\n`);
  }
}
