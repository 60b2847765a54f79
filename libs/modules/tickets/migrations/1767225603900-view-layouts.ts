import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ViewLayouts1767225603900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE ticket_view ADD COLUMN layout text NOT NULL DEFAULT 'list', ADD COLUMN "calendarField" text NOT NULL DEFAULT 'deadlineAt'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ticket_view DROP COLUMN layout, DROP COLUMN "calendarField"');
  }
}
