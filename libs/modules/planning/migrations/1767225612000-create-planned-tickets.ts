import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePlannedTickets1767225612000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "planned_ticket" (
        "id" uuid NOT NULL, "name" text NOT NULL, "isActive" boolean NOT NULL DEFAULT true, "ticket" jsonb NOT NULL, "rule" jsonb NOT NULL,
        "shift" text NOT NULL DEFAULT 'none', "calendarId" uuid, "leadSeconds" integer NOT NULL DEFAULT 0, "objects" jsonb NOT NULL,
        "reach" uuid array, "fanOut" text NOT NULL DEFAULT 'one_each', "checklistTemplateId" uuid, "catchUp" text NOT NULL DEFAULT 'all',
        "until" timestamptz(3), "since" timestamptz(3) NOT NULL, "filledUntil" timestamptz(3), "objectsMark" text NOT NULL DEFAULT '',
        "version" integer NOT NULL DEFAULT 1, "createdById" uuid, "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL,
        "archivedAt" timestamptz(3), CONSTRAINT "PK_planned_ticket" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "planned_ticket_name_idx" ON "planned_ticket" ("name", "id")`);
    await runner.query(`
      CREATE TABLE "planned_occurrence" (
        "id" uuid NOT NULL, "plannedId" uuid NOT NULL, "objectId" uuid, "companyId" uuid, "ruleAt" timestamptz(3) NOT NULL,
        "plannedAt" timestamptz(3) NOT NULL, "shiftedFrom" timestamptz(3), "shiftedWhy" text, "dueAt" timestamptz(3) NOT NULL,
        "nextAt" timestamptz(3), "state" text NOT NULL DEFAULT 'planned', "ticketId" uuid, "skipKind" text, "reason" text,
        "decidedById" uuid, "attempts" smallint NOT NULL DEFAULT 0, "settledAt" timestamptz(3),
        CONSTRAINT "PK_planned_occurrence" PRIMARY KEY ("id"),
        CONSTRAINT "planned_occurrence_planned_fk" FOREIGN KEY ("plannedId") REFERENCES "planned_ticket" ("id"))`);
    // A plan without objects has one date once as well.
    await runner.query(
      `CREATE UNIQUE INDEX "planned_occurrence_once_idx" ON "planned_occurrence" ("plannedId", "objectId", "ruleAt") NULLS NOT DISTINCT`,
    );
    await runner.query(
      `CREATE INDEX "planned_occurrence_due_idx" ON "planned_occurrence" ("nextAt", "id") WHERE "nextAt" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "planned_occurrence_ticket_idx" ON "planned_occurrence" ("ticketId") WHERE "ticketId" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "planned_occurrence_failed_idx" ON "planned_occurrence" ("plannedId") WHERE "state" = 'failed'`,
    );
    await runner.query(`CREATE INDEX "planned_occurrence_calendar_idx" ON "planned_occurrence" ("plannedAt", "id")`);
    await runner.query(
      `CREATE INDEX "planned_occurrence_plan_idx" ON "planned_occurrence" ("plannedId", "plannedAt", "id")`,
    );
    await runner.query(
      `CREATE INDEX "planned_occurrence_object_idx" ON "planned_occurrence" ("objectId", "plannedAt", "id")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "planned_occurrence"`);
    await runner.query(`DROP TABLE "planned_ticket"`);
  }
}
