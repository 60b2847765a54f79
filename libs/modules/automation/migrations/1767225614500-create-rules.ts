import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['webhook_delivery', 'rule_alarm', 'rule_moment', 'rule_firing', 'rule_version', 'rule'];

export class CreateRules1767225614500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SEQUENCE "rule_numbers"`);
    await runner.query(`CREATE SEQUENCE "rule_revisions"`);
    await runner.query(`
      CREATE TABLE "rule" (
        "id" uuid NOT NULL, "number" integer NOT NULL, "name" text NOT NULL, "description" text,
        "position" integer NOT NULL, "isActive" boolean NOT NULL, "version" integer NOT NULL, "revision" bigint NOT NULL, "trigger" jsonb NOT NULL,
        "when" jsonb NOT NULL, "actions" jsonb NOT NULL, "stopsOthers" boolean NOT NULL DEFAULT false, "activeSince" timestamptz(3),
        "nextAt" timestamptz(3), "archivedAt" timestamptz(3), "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL,
        CONSTRAINT "PK_rule" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "rule_number_key" ON "rule" ("number")`);
    await runner.query(`CREATE INDEX "rule_position_idx" ON "rule" ("position") WHERE "archivedAt" IS NULL`);
    await runner.query(`CREATE INDEX "rule_revision_idx" ON "rule" ("revision")`);
    await runner.query(`CREATE INDEX "rule_next_idx" ON "rule" ("nextAt") WHERE "nextAt" IS NOT NULL`);
    await runner.query(`
      CREATE TABLE "rule_version" (
        "ruleId" uuid NOT NULL, "version" integer NOT NULL, "definition" jsonb NOT NULL, "note" text, "changedById" uuid,
        "createdAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_rule_version" PRIMARY KEY ("ruleId", "version"))`);
    await runner.query(`
      CREATE FUNCTION rule_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'versions of rules are immutable';
      END $$`);
    await runner.query(
      `CREATE TRIGGER rule_version_immutable BEFORE UPDATE OR DELETE ON rule_version FOR EACH ROW EXECUTE FUNCTION rule_version_is_immutable()`,
    );
    await runner.query(`
      CREATE TABLE "rule_firing" (
        "id" uuid NOT NULL, "ruleId" uuid NOT NULL, "ruleVersion" integer NOT NULL, "ticketId" uuid NOT NULL, "eventId" uuid NOT NULL,
        "depth" smallint NOT NULL, "at" timestamptz(3) NOT NULL, "outcome" text NOT NULL, "reason" jsonb, "trace" jsonb NOT NULL,
        CONSTRAINT "PK_rule_firing" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "rule_firing_once_key" ON "rule_firing" ("ruleId", "eventId")`);
    await runner.query(`CREATE INDEX "rule_firing_rule_idx" ON "rule_firing" ("ruleId", "id")`);
    await runner.query(`CREATE INDEX "rule_firing_ticket_idx" ON "rule_firing" ("ticketId", "at")`);
    await runner.query(`
      CREATE TABLE "rule_moment" (
        "id" uuid NOT NULL, "ruleId" uuid NOT NULL, "ticketId" uuid NOT NULL, "baseAt" timestamptz(3) NOT NULL, "dueAt" timestamptz(3) NOT NULL,
        "toldAt" timestamptz(3), CONSTRAINT "PK_rule_moment" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "rule_moment_once_key" ON "rule_moment" ("ticketId", "ruleId", "baseAt")`);
    await runner.query(`CREATE INDEX "rule_moment_due_idx" ON "rule_moment" ("dueAt") WHERE "toldAt" IS NULL`);
    await runner.query(`CREATE INDEX "rule_moment_rule_idx" ON "rule_moment" ("ruleId") WHERE "toldAt" IS NULL`);
    await runner.query(`
      CREATE TABLE "rule_alarm" (
        "id" uuid NOT NULL, "ruleId" uuid NOT NULL, "ticketId" uuid NOT NULL, "kind" text NOT NULL, "limit" integer NOT NULL,
        "count" integer NOT NULL DEFAULT 1, "chain" jsonb NOT NULL, "raisedAt" timestamptz(3) NOT NULL, "lastAt" timestamptz(3) NOT NULL,
        "resolvedAt" timestamptz(3), "resolvedById" uuid, CONSTRAINT "PK_rule_alarm" PRIMARY KEY ("id"))`);
    await runner.query(
      `CREATE UNIQUE INDEX "rule_alarm_open_key" ON "rule_alarm" ("ruleId", "ticketId", "kind") WHERE "resolvedAt" IS NULL`,
    );
    await runner.query(`
      CREATE TABLE "webhook_delivery" (
        "id" uuid NOT NULL, "ruleId" uuid, "ticketId" uuid NOT NULL, "url" text NOT NULL, "secret" text, "body" text NOT NULL,
        "state" text NOT NULL, "attempts" integer NOT NULL DEFAULT 0, "responseStatus" integer, "responseBody" text, "error" text,
        "createdAt" timestamptz(3) NOT NULL, "finishedAt" timestamptz(3), CONSTRAINT "PK_webhook_delivery" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "webhook_delivery_rule_idx" ON "webhook_delivery" ("ruleId", "id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE "${table}"`);
    await runner.query('DROP FUNCTION rule_version_is_immutable()');
    await runner.query('DROP SEQUENCE "rule_revisions"');
    await runner.query('DROP SEQUENCE "rule_numbers"');
  }
}
