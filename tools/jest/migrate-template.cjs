/** Brings the database of OPORA_TEMPLATE_URL to the newest migration, straight from the sources. */
require('../swc-register.cjs');
const { join } = require('node:path');
const { DataSource } = require('typeorm');
const { root } = require('../swc-options.cjs');

async function main() {
  const { allMigrations } = require(join(root, 'libs/platform/db/data-source.ts'));
  const source = new DataSource({
    type: 'postgres',
    url: process.env.OPORA_TEMPLATE_URL,
    migrations: allMigrations(),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
  });
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
