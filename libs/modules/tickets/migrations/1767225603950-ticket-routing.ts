import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a ticket is where it is, and how often it came back to a team. Older tickets: the count out of their history. */
export class TicketRouting1767225603950 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE ticket ADD COLUMN "pingPongCount" integer NOT NULL DEFAULT 0, ADD COLUMN "routing" jsonb`,
    );
    await runner.query(`
      UPDATE ticket t SET "pingPongCount" = back.count FROM (
        SELECT c."ticketId", count(*)::int AS count FROM ticket_change c
        WHERE c.field = 'teamId' AND c.before IS NOT NULL AND c.after IS NOT NULL
          AND EXISTS (SELECT 1 FROM ticket_change had WHERE had."ticketId" = c."ticketId" AND had.field = 'teamId'
            AND had.version < c.version AND had.before = c.after)
        GROUP BY c."ticketId") back
      WHERE t.id = back."ticketId"`);
    await runner.query(
      `CREATE INDEX "ticket_ping_pong_idx" ON ticket ("pingPongCount") WHERE "pingPongCount" > 0 AND "deletedAt" IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ticket DROP COLUMN "pingPongCount", DROP COLUMN "routing"');
  }
}
