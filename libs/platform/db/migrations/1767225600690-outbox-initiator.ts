import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OutboxInitiator1767225600690 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "outbox" ADD COLUMN "initiatorId" uuid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "outbox" DROP COLUMN "initiatorId"`);
  }
}
