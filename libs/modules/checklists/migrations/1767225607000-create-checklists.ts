import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateChecklists1767225607000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "checklist_template" (
        "id" uuid NOT NULL, "name" text NOT NULL, "typeIds" uuid array NOT NULL DEFAULT '{}', "isAutomatic" boolean NOT NULL DEFAULT false,
        "axis" text, "items" jsonb NOT NULL DEFAULT '[]', "version" integer NOT NULL DEFAULT 1, "archivedAt" timestamptz(3),
        "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_checklist_template" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "checklist_template_name_idx" ON "checklist_template" ("name", "id")`);
    await runner.query(`
      CREATE TABLE "checklist" (
        "id" uuid NOT NULL, "ticketId" uuid NOT NULL, "templateId" uuid, "name" text NOT NULL, "axis" text,
        "subjects" jsonb NOT NULL DEFAULT '[]', "position" integer NOT NULL, "isAutomatic" boolean NOT NULL DEFAULT false,
        "version" integer NOT NULL DEFAULT 1, "createdById" uuid, "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL,
        CONSTRAINT "PK_checklist" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "checklist_ticket_idx" ON "checklist" ("ticketId", "position", "id")`);
    await runner.query(`
      CREATE TABLE "checklist_item" (
        "id" uuid NOT NULL, "checklistId" uuid NOT NULL, "position" integer NOT NULL, "kind" text NOT NULL, "title" text NOT NULL,
        "hint" text NOT NULL DEFAULT '', "isRequired" boolean NOT NULL DEFAULT false, "requiredTo" text array NOT NULL DEFAULT '{}',
        "requiredFrom" text array NOT NULL DEFAULT '{}', "isClientVisible" boolean NOT NULL DEFAULT false,
        "resultKind" text NOT NULL DEFAULT 'none', "resultLimits" jsonb NOT NULL DEFAULT '{}', "assigneeId" uuid, "plannedSeconds" integer,
        "version" integer NOT NULL DEFAULT 1, CONSTRAINT "PK_checklist_item" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "checklist_item_place_idx" ON "checklist_item" ("checklistId", "position")`);
    await runner.query(`
      CREATE TABLE "checklist_mark" (
        "itemId" uuid NOT NULL, "subjectId" uuid NOT NULL, "checklistId" uuid NOT NULL, "state" text NOT NULL, "result" jsonb,
        "fileIds" uuid array NOT NULL DEFAULT '{}', "reason" text NOT NULL DEFAULT '', "byKind" text NOT NULL, "byId" uuid,
        "byName" text NOT NULL, "at" timestamptz(3) NOT NULL, CONSTRAINT "PK_checklist_mark" PRIMARY KEY ("itemId", "subjectId"))`);
    await runner.query(`CREATE INDEX "checklist_mark_checklist_idx" ON "checklist_mark" ("checklistId")`);
    await runner.query(`
      CREATE TABLE "ticket_checklist" (
        "ticketId" uuid NOT NULL, "done" integer NOT NULL, "total" integer NOT NULL, "requiredDone" integer NOT NULL,
        "required" integer NOT NULL, CONSTRAINT "PK_ticket_checklist" PRIMARY KEY ("ticketId"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ticket_checklist', 'checklist_mark', 'checklist_item', 'checklist', 'checklist_template'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
