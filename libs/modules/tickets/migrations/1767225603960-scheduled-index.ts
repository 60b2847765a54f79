import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days of people and calendars ask for the tickets planned for a time. */
export class ScheduledIndex1767225603960 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX ticket_scheduled_idx ON ticket ("scheduledFor", id)
      WHERE "scheduledFor" IS NOT NULL AND "deletedAt" IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ticket_scheduled_idx');
  }
}
