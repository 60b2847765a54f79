import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSlaClocks1767225608500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "ticket_sla" (
        "ticketId" uuid NOT NULL, "policyId" uuid, "policyVersion" integer, "state" text NOT NULL, "isBreached" boolean NOT NULL DEFAULT false,
        "warnAt" timestamptz(3), "resolutionDueAt" timestamptz(3), "reactionDueAt" timestamptz(3), "nextDueAt" timestamptz(3),
        "ru" jsonb NOT NULL, "en" jsonb NOT NULL, "computedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_ticket_sla" PRIMARY KEY ("ticketId"))`);
    await runner.query(`CREATE INDEX "ticket_sla_policy_idx" ON "ticket_sla" ("policyId")`);
    await runner.query(
      `CREATE INDEX "ticket_sla_due_idx" ON "ticket_sla" ("resolutionDueAt") WHERE "resolutionDueAt" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "ticket_sla_reaction_idx" ON "ticket_sla" ("reactionDueAt") WHERE "reactionDueAt" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "ticket_sla_state_idx" ON "ticket_sla" ("state") WHERE "state" IN ('breached', 'paused')`,
    );
    await runner.query(`
      CREATE TABLE "sla_clock" (
        "id" uuid NOT NULL, "ticketId" uuid NOT NULL, "metric" text NOT NULL, "cycle" integer NOT NULL, "policyId" uuid NOT NULL,
        "policyVersion" integer NOT NULL, "state" text NOT NULL, "targetSeconds" integer NOT NULL, "startAt" timestamptz(3) NOT NULL,
        "originAt" timestamptz(3) NOT NULL, "dueAt" timestamptz(3), "stoppedAt" timestamptz(3), "breachedAt" timestamptz(3),
        "pausedSince" timestamptz(3), "pauseReason" text, "elapsedSeconds" integer, "calendarSeconds" integer, "decidedAt" timestamptz(3),
        "assigneeId" uuid, "teamId" uuid, "excusedAt" timestamptz(3), "moments" jsonb NOT NULL DEFAULT '[]', "nextAt" timestamptz(3),
        CONSTRAINT "PK_sla_clock" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "sla_clock_run_key" ON "sla_clock" ("ticketId", "metric", "cycle")`);
    await runner.query(`CREATE INDEX "sla_clock_next_idx" ON "sla_clock" ("nextAt") WHERE "nextAt" IS NOT NULL`);
    await runner.query(
      `CREATE INDEX "sla_clock_decided_idx" ON "sla_clock" ("metric", "decidedAt") WHERE "decidedAt" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "sla_clock_stuck_idx" ON "sla_clock" ("breachedAt", "id") WHERE "metric" = 'dwell' AND "stoppedAt" IS NULL AND "breachedAt" IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE "sla_fact" (
        "id" uuid NOT NULL, "ticketId" uuid NOT NULL, "at" timestamptz(3) NOT NULL, "kind" text NOT NULL, "data" jsonb NOT NULL,
        "actorId" uuid, "createdAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_sla_fact" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "sla_fact_ticket_idx" ON "sla_fact" ("ticketId", "at")`);
    await runner.query(`
      CREATE TABLE "sla_moment" (
        "id" uuid NOT NULL, "ticketId" uuid NOT NULL, "clockId" uuid NOT NULL, "metric" text NOT NULL, "cycle" integer NOT NULL,
        "threshold" text NOT NULL, "at" timestamptz(3) NOT NULL, "firedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_sla_moment" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "sla_moment_once_key" ON "sla_moment" ("clockId", "threshold", "at")`);
    await runner.query(`CREATE INDEX "sla_moment_ticket_idx" ON "sla_moment" ("ticketId")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sla_moment', 'sla_fact', 'sla_clock', 'ticket_sla'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
