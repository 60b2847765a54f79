import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFeedback1767225604000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "rating" (
        "id" uuid NOT NULL, "ticketId" uuid NOT NULL, "contactId" uuid NOT NULL, "score" text NOT NULL, "comment" text,
        "previous" jsonb NOT NULL DEFAULT '[]', "source" text NOT NULL, "isAutomatic" boolean NOT NULL DEFAULT false,
        "createdAt" timestamptz(3) NOT NULL, "changedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_rating" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "rating_ticket_contact_key" ON "rating" ("ticketId", "contactId")`);
    await runner.query(`CREATE INDEX "rating_created_idx" ON "rating" ("createdAt", "id")`);
    await runner.query(`
      CREATE TABLE "rating_link" (
        "tokenHash" text NOT NULL, "ticketId" uuid NOT NULL, "contactId" uuid NOT NULL, "createdAt" timestamptz(3) NOT NULL,
        "expiresAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_rating_link" PRIMARY KEY ("tokenHash"))`);
    await runner.query(`CREATE INDEX "rating_link_ticket_idx" ON "rating_link" ("ticketId")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['rating_link', 'rating']) await runner.query(`DROP TABLE "${table}"`);
  }
}
