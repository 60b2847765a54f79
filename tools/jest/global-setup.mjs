import { startTestCluster } from './cluster.mjs';

/** OPORA_TEST_PG: a role that may create databases, on a cluster that holds `opora_template`. */
export default async function globalSetup() {
  const cluster = await startTestCluster();
  process.env.OPORA_TEST_PG = cluster.url;
  globalThis.__oporaCluster = cluster;
}
