import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `WHERE "deletedAt" IS NULL AND "statusCategory" NOT IN ('done', 'closed')`;

/** The counters of all views are answered from the index of open tickets alone. */
export class CoverOpenTickets1767225603700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ticket_open_idx');
    await runner.query(`CREATE INDEX ticket_open_idx ON ticket ("updatedAt", id)
      INCLUDE ("statusCategory", "assigneeId", "teamId", "deadlineAt", "priorityId") ${OPEN}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ticket_open_idx');
    await runner.query(`CREATE INDEX ticket_open_idx ON ticket ("updatedAt", id) ${OPEN}`);
  }
}
