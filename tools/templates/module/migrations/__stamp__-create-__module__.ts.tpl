import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Create__Module____stamp__ implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "__thing_snake__" (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        "createdAt" timestamp(3) with time zone NOT NULL
      );
      CREATE INDEX "__thing_snake___name_idx" ON "__thing_snake__" (lower(name), id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "__thing_snake__"`);
  }
}
