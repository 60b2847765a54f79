import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFields1767225601500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "custom_field" (
        "id" uuid NOT NULL, "subject" text NOT NULL, "code" text NOT NULL, "name" jsonb NOT NULL, "hint" jsonb, "type" text NOT NULL,
        "options" jsonb NOT NULL DEFAULT '[]', "config" jsonb NOT NULL DEFAULT '{}', "isClientVisible" boolean NOT NULL DEFAULT false,
        "isClientEditable" boolean NOT NULL DEFAULT false, "position" integer NOT NULL, "archivedAt" timestamptz(3),
        "version" integer NOT NULL DEFAULT 1, "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL,
        CONSTRAINT "PK_custom_field" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "custom_field_code_key" ON "custom_field" ("subject", "code")`);
    await runner.query(`
      CREATE TABLE "form_rule" (
        "id" uuid NOT NULL, "name" text NOT NULL, "subject" text NOT NULL, "position" integer NOT NULL, "isActive" boolean NOT NULL DEFAULT true,
        "when" jsonb NOT NULL, "effects" jsonb NOT NULL, "version" integer NOT NULL DEFAULT 1, "createdAt" timestamptz(3) NOT NULL,
        "updatedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_form_rule" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "form_rule_order_idx" ON "form_rule" ("subject", "position", "id")`);
    await runner.query(`
      CREATE TABLE "field_revision" ("id" integer NOT NULL, "revision" uuid NOT NULL, CONSTRAINT "PK_field_revision" PRIMARY KEY ("id"))`);
    await runner.query(`INSERT INTO "field_revision" ("id", "revision") VALUES (1, gen_random_uuid())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['field_revision', 'form_rule', 'custom_field']) await runner.query(`DROP TABLE "${table}"`);
  }
}
