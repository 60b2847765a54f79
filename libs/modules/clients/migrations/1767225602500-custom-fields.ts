import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['company', 'contact', 'service_object'];

/** Values of custom fields; rows without any are not in the index. */
export class CustomFieldsOfClients1767225602500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE "${table}" ADD "customFields" jsonb NOT NULL DEFAULT '{}'`);
      await runner.query(
        `CREATE INDEX "${table}_custom_fields_idx" ON "${table}" USING gin ("customFields" jsonb_path_ops) WHERE "customFields" <> '{}'::jsonb`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "customFields"`);
  }
}
