import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = [
  ['Клиент не предъявил технику', 'The client did not present the vehicle'],
  ['Нет доступа на объект', 'No access to the site'],
  ['Непреодолимая сила', 'Force majeure'],
  ['Перенос по просьбе клиента', 'Postponed at the client’s request'],
];

export class SlaExcuses1767225608510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "sla_excuse_reason" (
        "id" uuid NOT NULL, "name" jsonb NOT NULL, "createdAt" timestamptz(3) NOT NULL, "archivedAt" timestamptz(3), PRIMARY KEY ("id"))`);
    await runner.query(`
      CREATE TABLE "sla_excuse" (
        "id" uuid NOT NULL, "ticketId" uuid NOT NULL, "metric" text NOT NULL, "cycle" integer NOT NULL, "reasonId" uuid NOT NULL,
        "note" text NOT NULL, "fileIds" uuid array NOT NULL, "state" text NOT NULL, "askedById" uuid NOT NULL,
        "askedAt" timestamptz(3) NOT NULL, "decidedById" uuid, "decidedAt" timestamptz(3), "decisionNote" text, PRIMARY KEY ("id"))`);
    await runner.query(
      `CREATE UNIQUE INDEX "sla_excuse_once_key" ON "sla_excuse" ("ticketId", "metric", "cycle") WHERE "state" <> 'declined'`,
    );
    await runner.query(`CREATE INDEX "sla_excuse_state_idx" ON "sla_excuse" ("state", "id")`);
    await runner.query(`CREATE INDEX "sla_excuse_ticket_idx" ON "sla_excuse" ("ticketId")`);
    await runner.query(`
      CREATE TABLE "sla_recount" (
        "id" uuid NOT NULL, "policyId" uuid, "scope" text NOT NULL, "reason" text NOT NULL, "state" text NOT NULL,
        "total" integer NOT NULL DEFAULT 0, "done" integer NOT NULL DEFAULT 0, "moved" integer NOT NULL DEFAULT 0, "lastId" uuid,
        "byId" uuid, "createdAt" timestamptz(3) NOT NULL, "finishedAt" timestamptz(3), PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "sla_recount_policy_idx" ON "sla_recount" ("policyId")`);
    for (const [index, [ru, en]] of REASONS.entries())
      await runner.query(`INSERT INTO "sla_excuse_reason" ("id", "name", "createdAt") VALUES ($1, $2, now())`, [
        `01940000-0000-7000-8000-00001100000${index + 1}`,
        JSON.stringify({ ru, en }),
      ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sla_recount', 'sla_excuse', 'sla_excuse_reason']) await runner.query(`DROP TABLE "${table}"`);
  }
}
