import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds tickets by the values of custom fields; tickets without any are not in it and cost nothing. */
export class CustomFieldsIndex1767225603600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX ticket_custom_fields_idx ON ticket USING gin ("customFields" jsonb_path_ops)
      WITH (gin_pending_list_limit = 512) WHERE "customFields" <> '{}'::jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ticket_custom_fields_idx');
  }
}
