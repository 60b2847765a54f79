import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Managers1767225601700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE employee ADD COLUMN position text NOT NULL DEFAULT '', ADD COLUMN "managerId" uuid`,
    );
    await runner.query(`CREATE INDEX employee_manager_idx ON employee ("managerId")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE employee DROP COLUMN position, DROP COLUMN "managerId"`);
  }
}
