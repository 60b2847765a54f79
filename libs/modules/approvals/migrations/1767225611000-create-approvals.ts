import type { MigrationInterface, QueryRunner } from 'typeorm';

const MOMENT = 'timestamptz(3)';

export class CreateApprovals1767225611000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TEMPLATES, ...REQUESTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'link',
      'task',
      'copy',
      'document',
      'step',
      'fact',
      'schedule',
      'settings',
      'route_version',
      'route',
      'index',
      'item',
    ];
    for (const table of tables) await runner.query(`DROP TABLE "approval_${table}"`);
    await runner.query(`DROP TABLE "approval"`);
    await runner.query(`DROP SEQUENCE approval_numbers`);
  }
}

const TEMPLATES = [
  `CREATE TABLE "approval_item" (
    "id" uuid NOT NULL, "catalogue" text NOT NULL, "code" text, "name" jsonb NOT NULL, "position" integer NOT NULL, "isActive" boolean NOT NULL DEFAULT true,
    "holderIds" uuid[] NOT NULL DEFAULT '{}', CONSTRAINT "PK_approval_item" PRIMARY KEY ("id"))`,
  `CREATE INDEX "approval_item_order_idx" ON "approval_item" ("catalogue", "position", "id")`,
  `CREATE UNIQUE INDEX "approval_item_code_key" ON "approval_item" ("catalogue", "code") WHERE "code" IS NOT NULL`,
  `CREATE TABLE "approval_index" (
    "id" uuid NOT NULL, "code" text, "name" jsonb NOT NULL, "currency" text NOT NULL, "values" jsonb NOT NULL, "updatedAt" ${MOMENT} NOT NULL,
    CONSTRAINT "PK_approval_index" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "approval_index_code_key" ON "approval_index" ("code") WHERE "code" IS NOT NULL`,
  `CREATE TABLE "approval_route" (
    "id" uuid NOT NULL, "code" text, "name" jsonb NOT NULL, "kindId" uuid NOT NULL, "isActive" boolean NOT NULL DEFAULT true, "position" integer NOT NULL,
    "version" integer NOT NULL DEFAULT 1, "over" jsonb, "upTo" jsonb, "definition" jsonb NOT NULL, "createdAt" ${MOMENT} NOT NULL, "updatedAt" ${MOMENT} NOT NULL,
    "archivedAt" ${MOMENT}, CONSTRAINT "PK_approval_route" PRIMARY KEY ("id"))`,
  `CREATE INDEX "approval_route_order_idx" ON "approval_route" ("position", "id")`,
  `CREATE UNIQUE INDEX "approval_route_code_key" ON "approval_route" ("code") WHERE "code" IS NOT NULL`,
  `CREATE TABLE "approval_route_version" (
    "routeId" uuid NOT NULL, "version" integer NOT NULL, "name" jsonb NOT NULL, "over" jsonb, "upTo" jsonb, "definition" jsonb NOT NULL, "savedById" uuid,
    "savedAt" ${MOMENT} NOT NULL, CONSTRAINT "PK_approval_route_version" PRIMARY KEY ("routeId", "version"))`,
  `CREATE TABLE "approval_settings" (
    "id" integer NOT NULL, "currency" text NOT NULL DEFAULT 'KZT', "updatedAt" ${MOMENT} NOT NULL, CONSTRAINT "PK_approval_settings" PRIMARY KEY ("id"))`,
  `INSERT INTO "approval_settings" ("id", "updatedAt") VALUES (1, now())`,
  `CREATE TABLE "approval_schedule" (
    "id" uuid NOT NULL, "name" text NOT NULL, "isActive" boolean NOT NULL DEFAULT true, "rrule" text NOT NULL, "startsOn" date NOT NULL, "time" text NOT NULL,
    "timeZone" text NOT NULL, "initiatorId" uuid NOT NULL, "request" jsonb NOT NULL, "nextAt" ${MOMENT}, "lastAt" ${MOMENT}, "lastApprovalId" uuid,
    "lastProblem" text, "version" integer NOT NULL DEFAULT 1, "createdAt" ${MOMENT} NOT NULL, CONSTRAINT "PK_approval_schedule" PRIMARY KEY ("id"))`,
  `CREATE INDEX "approval_schedule_due_idx" ON "approval_schedule" ("nextAt") WHERE "nextAt" IS NOT NULL AND "isActive"`,
];

const REQUESTS = [
  `CREATE SEQUENCE approval_numbers AS integer`,
  `CREATE TABLE "approval" (
    "id" uuid NOT NULL, "number" integer NOT NULL, "kindId" uuid NOT NULL, "routeId" uuid NOT NULL,
    "routeVersion" integer NOT NULL, "title" text NOT NULL, "text" text NOT NULL DEFAULT '', "amount" bigint, "currency" text NOT NULL, "date" date NOT NULL,
    "choice" jsonb NOT NULL, "route" jsonb NOT NULL, "initiatorKind" text NOT NULL, "initiatorId" uuid NOT NULL, "ticketId" uuid, "basedOnId" uuid,
    "state" text NOT NULL, "round" integer NOT NULL, "stage" integer NOT NULL, "version" integer NOT NULL DEFAULT 1, "createdAt" ${MOMENT} NOT NULL,
    "finishedAt" ${MOMENT}, "sheet" jsonb, "sheetHash" text, "sheetFileId" uuid, CONSTRAINT "PK_approval" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "approval_number_key" ON "approval" ("number")`,
  `CREATE INDEX "approval_initiator_idx" ON "approval" ("initiatorId", "id")`,
  `CREATE INDEX "approval_ticket_idx" ON "approval" ("ticketId", "id")`,
  `CREATE INDEX "approval_based_idx" ON "approval" ("basedOnId")`,
  `CREATE INDEX "approval_state_idx" ON "approval" ("state", "id")`,
  `CREATE INDEX "approval_kind_idx" ON "approval" ("kindId", "state", "finishedAt")`,
  `CREATE TABLE "approval_fact" (
    "id" uuid NOT NULL, "approvalId" uuid NOT NULL, "seq" integer NOT NULL, "at" ${MOMENT} NOT NULL, "kind" text NOT NULL, "actorKind" text NOT NULL,
    "actorId" uuid, "data" jsonb NOT NULL, CONSTRAINT "PK_approval_fact" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "approval_fact_order_key" ON "approval_fact" ("approvalId", "seq")`,
  `CREATE TABLE "approval_step" (
    "id" uuid NOT NULL, "approvalId" uuid NOT NULL, "key" text NOT NULL, "round" integer NOT NULL, "stage" integer NOT NULL, "slot" integer NOT NULL,
    "generation" integer NOT NULL, "personKind" text NOT NULL, "personId" uuid NOT NULL, "insteadOfId" uuid, "state" text NOT NULL, "askedAt" ${MOMENT},
    "dueAt" ${MOMENT}, "endedAt" ${MOMENT}, "overdueAt" ${MOMENT}, "comment" text NOT NULL DEFAULT '', "via" text, "moments" jsonb NOT NULL DEFAULT '[]',
    "nextAt" ${MOMENT}, CONSTRAINT "PK_approval_step" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "approval_step_key" ON "approval_step" ("approvalId", "key")`,
  `CREATE INDEX "approval_step_inbox_idx" ON "approval_step" ("personId", (COALESCE("dueAt", 'infinity')), "id") WHERE "state" = 'asked'`,
  `CREATE INDEX "approval_step_person_idx" ON "approval_step" ("personId", "approvalId")`,
  `CREATE INDEX "approval_step_next_idx" ON "approval_step" ("nextAt") WHERE "nextAt" IS NOT NULL`,
  `CREATE TABLE "approval_document" (
    "id" uuid NOT NULL, "approvalId" uuid NOT NULL, "kindId" uuid, "fileId" uuid NOT NULL, "addedByKind" text NOT NULL, "addedById" uuid,
    "addedAt" ${MOMENT} NOT NULL, "removedAt" ${MOMENT}, CONSTRAINT "PK_approval_document" PRIMARY KEY ("id"))`,
  `CREATE INDEX "approval_document_approval_idx" ON "approval_document" ("approvalId", "id")`,
  `CREATE TABLE "approval_copy" (
    "approvalId" uuid NOT NULL, "employeeId" uuid NOT NULL, CONSTRAINT "PK_approval_copy" PRIMARY KEY ("approvalId", "employeeId"))`,
  `CREATE INDEX "approval_copy_employee_idx" ON "approval_copy" ("employeeId", "approvalId")`,
  `CREATE TABLE "approval_task" (
    "id" uuid NOT NULL, "approvalId" uuid NOT NULL, "employeeId" uuid NOT NULL, "text" jsonb NOT NULL, "comment" text NOT NULL DEFAULT '',
    "createdAt" ${MOMENT} NOT NULL, "doneAt" ${MOMENT}, CONSTRAINT "PK_approval_task" PRIMARY KEY ("id"))`,
  `CREATE INDEX "approval_task_approval_idx" ON "approval_task" ("approvalId")`,
  `CREATE INDEX "approval_task_employee_idx" ON "approval_task" ("employeeId", "id")`,
  `CREATE TABLE "approval_link" (
    "tokenHash" text NOT NULL, "stepId" uuid NOT NULL, "createdAt" ${MOMENT} NOT NULL, CONSTRAINT "PK_approval_link" PRIMARY KEY ("tokenHash"))`,
  `CREATE INDEX "approval_link_step_idx" ON "approval_link" ("stepId")`,
];
