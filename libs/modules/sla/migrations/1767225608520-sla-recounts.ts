import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SlaRecounts1767225608520 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "sla_recount"`);
    await runner.query(`ALTER TABLE "sla_recount" DROP COLUMN "scope", DROP COLUMN "reason", ALTER COLUMN "policyId" SET NOT NULL,
      ADD COLUMN "withClosed" boolean NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "sla_recount"`);
    await runner.query(`ALTER TABLE "sla_recount" DROP COLUMN "withClosed", ALTER COLUMN "policyId" DROP NOT NULL,
      ADD COLUMN "scope" text NOT NULL, ADD COLUMN "reason" text NOT NULL`);
  }
}
