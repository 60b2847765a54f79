import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OutboxDepth1767225600600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "outbox" ADD COLUMN "depth" smallint NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "outbox" DROP COLUMN "depth"`);
  }
}
