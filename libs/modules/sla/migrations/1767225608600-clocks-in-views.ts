import type { MigrationInterface, QueryRunner } from 'typeorm';

const SHIPPED = ['number', 'subject', 'status', 'priority', 'company', 'assignee', 'team', 'updatedAt', 'deadlineAt'];
/** Both clocks tell what the date of the deadline told. */
const WITH_CLOCKS = [
  ...['number', 'subject', 'status', 'priority', 'company'],
  ...['reaction', 'resolution', 'assignee', 'team', 'updatedAt'],
];

/** The views that came with the product show both clocks; a view that somebody has changed stays as it is. */
export class ClocksInViews1767225608600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE ticket_view SET columns = $2 WHERE columns = $1', [SHIPPED, WITH_CLOCKS]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE ticket_view SET columns = $2 WHERE columns = $1', [WITH_CLOCKS, SHIPPED]);
  }
}
