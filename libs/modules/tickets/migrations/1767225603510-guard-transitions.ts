import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Transitions list the guards that hold for them. */
export class GuardTransitions1767225603510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE status_transition ADD COLUMN guards jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE status_transition DROP COLUMN guards');
  }
}
