import { startTestCluster } from './cluster.mjs';
import { startRedis } from './redis.mjs';

/**
 * OPORA_TEST_PG: a role that may create databases, on a cluster that holds `opora_template`.
 * When the migrations fail it stays unset: specs that need a database then fail and say so, pure ones still run.
 * OPORA_TEST_REDIS: a throw-away Redis where the machine has one.
 */
export default async function globalSetup() {
  globalThis.__oporaStops = [];
  try {
    const cluster = await startTestCluster();
    process.env.OPORA_TEST_PG = cluster.url;
    globalThis.__oporaStops.push(cluster.stop);
  } catch (error) {
    delete process.env.OPORA_TEST_PG;
    console.error(`\nNo test database: ${error.message}\n`);
  }
  if (process.env.OPORA_TEST_REDIS) return;
  const redis = await startRedis();
  if (!redis) return console.error('\nNo redis-server here: the specs of the scaled mode are skipped.\n');
  process.env.OPORA_TEST_REDIS = redis.url;
  globalThis.__oporaStops.push(redis.stop);
}
