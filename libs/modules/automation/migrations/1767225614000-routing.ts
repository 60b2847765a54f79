import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Routing1767225614000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "routing_row" (
        "id" uuid NOT NULL, "position" integer NOT NULL, "name" text NOT NULL, "isActive" boolean NOT NULL, "when" jsonb NOT NULL,
        "hours" text NOT NULL DEFAULT 'any', "calendarId" uuid, "teamId" uuid NOT NULL, "assigneeId" uuid,
        "version" integer NOT NULL DEFAULT 1, "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL,
        CONSTRAINT "PK_routing_row" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "routing_row_position_idx" ON "routing_row" ("position", "id")`);
    await runner.query(`
      CREATE TABLE "routing_table" (
        "id" integer NOT NULL, "revision" uuid NOT NULL, "reroutes" text NOT NULL, CONSTRAINT "PK_routing_table" PRIMARY KEY ("id"))`);
    await runner.query(`INSERT INTO "routing_table" VALUES (1, gen_random_uuid(), 'while_unassigned')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "routing_table"');
    await runner.query('DROP TABLE "routing_row"');
  }
}
