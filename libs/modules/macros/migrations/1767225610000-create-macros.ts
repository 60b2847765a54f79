import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who keeps it and who may use it: of one person, of teams, of everybody. */
const SCOPED = `"scope" text NOT NULL, "ownerId" uuid, "teamIds" uuid array NOT NULL DEFAULT '{}'`;
const KEPT = `"version" integer NOT NULL DEFAULT 1, "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL`;

export class CreateMacros1767225610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "macro" (
        "id" uuid NOT NULL, "name" text NOT NULL, "description" text NOT NULL DEFAULT '', ${SCOPED}, "actions" jsonb NOT NULL,
        "position" integer NOT NULL, ${KEPT}, CONSTRAINT "PK_macro" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "macro_place_idx" ON "macro" ("position", "id")`);
    await runner.query(`CREATE INDEX "macro_owner_idx" ON "macro" ("ownerId") WHERE "ownerId" IS NOT NULL`);

    await runner.query(`
      CREATE TABLE "canned_answer" (
        "id" uuid NOT NULL, "title" text NOT NULL, "shortcut" text, "html" text NOT NULL, "text" text NOT NULL, "locale" text, ${SCOPED},
        ${KEPT}, CONSTRAINT "PK_canned_answer" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "canned_answer_title_idx" ON "canned_answer" ("title", "id")`);
    await runner.query(
      `CREATE INDEX "canned_answer_owner_idx" ON "canned_answer" ("ownerId") WHERE "ownerId" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "canned_answer_words_idx" ON "canned_answer" USING gin ((title || ' ' || coalesce(shortcut, '') || ' ' || text) gin_trgm_ops)`,
    );

    await runner.query(`
      CREATE TABLE "ticket_template" (
        "id" uuid NOT NULL, "name" text NOT NULL, "description" text NOT NULL DEFAULT '', ${SCOPED}, "values" jsonb NOT NULL,
        "checklistTemplateIds" uuid array NOT NULL DEFAULT '{}', ${KEPT}, CONSTRAINT "PK_ticket_template" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "ticket_template_name_idx" ON "ticket_template" ("name", "id")`);
    await runner.query(
      `CREATE INDEX "ticket_template_owner_idx" ON "ticket_template" ("ownerId") WHERE "ownerId" IS NOT NULL`,
    );

    await runner.query(`
      CREATE TABLE "bulk_run" (
        "id" uuid NOT NULL, "name" text NOT NULL, "macroId" uuid, "isSingle" boolean NOT NULL DEFAULT false, "actions" jsonb NOT NULL,
        "state" text NOT NULL, "startedById" uuid NOT NULL, "locale" text NOT NULL, "limitedTo" text array,
        "total" integer NOT NULL DEFAULT 0, "done" integer NOT NULL DEFAULT 0, "refused" integer NOT NULL DEFAULT 0,
        "undoState" text, "undone" integer NOT NULL DEFAULT 0, "undoRefused" integer NOT NULL DEFAULT 0,
        "createdAt" timestamptz(3) NOT NULL, "startedAt" timestamptz(3), "finishedAt" timestamptz(3), "undoFinishedAt" timestamptz(3),
        CONSTRAINT "PK_bulk_run" PRIMARY KEY ("id"))`);
    await runner.query(
      `CREATE INDEX "bulk_run_mine_idx" ON "bulk_run" ("startedById", "createdAt", "id") WHERE NOT "isSingle"`,
    );
    await runner.query(`CREATE INDEX "bulk_run_created_idx" ON "bulk_run" ("createdAt")`);
    await runner.query(`
      CREATE TABLE "bulk_run_row" (
        "runId" uuid NOT NULL, "ticketId" uuid NOT NULL, "position" integer NOT NULL, "state" text NOT NULL,
        "problems" jsonb NOT NULL DEFAULT '[]', "before" jsonb, "after" jsonb, "traces" jsonb NOT NULL DEFAULT '[]',
        CONSTRAINT "PK_bulk_run_row" PRIMARY KEY ("runId", "ticketId"),
        CONSTRAINT "bulk_run_row_run_fk" FOREIGN KEY ("runId") REFERENCES "bulk_run" ("id") ON DELETE CASCADE)`);
    await runner.query(`CREATE INDEX "bulk_run_row_place_idx" ON "bulk_run_row" ("runId", "position")`);
    await runner.query(`CREATE INDEX "bulk_run_row_state_idx" ON "bulk_run_row" ("runId", "state", "position")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['bulk_run_row', 'bulk_run', 'ticket_template', 'canned_answer', 'macro'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
