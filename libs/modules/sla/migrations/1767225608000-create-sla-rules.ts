import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSlaRules1767225608000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "work_calendar" (
        "id" uuid NOT NULL, "code" text NOT NULL, "name" text NOT NULL, "timeZone" text NOT NULL, "week" jsonb NOT NULL,
        "yearly" jsonb NOT NULL, "dated" jsonb NOT NULL, "holidays" text, "version" integer NOT NULL, "archivedAt" timestamptz(3),
        "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL, PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "work_calendar_code_idx" ON "work_calendar" ("code")`);
    await runner.query(`CREATE INDEX "work_calendar_name_idx" ON "work_calendar" (lower("name"), "id")`);
    await runner.query(`
      CREATE TABLE "work_calendar_version" (
        "calendarId" uuid NOT NULL, "version" integer NOT NULL, "definition" jsonb NOT NULL, "holidayDays" jsonb NOT NULL,
        "createdAt" timestamptz(3) NOT NULL, PRIMARY KEY ("calendarId", "version"))`);
    await runner.query(`
      CREATE TABLE "holiday_year" (
        "country" text NOT NULL, "year" integer NOT NULL, "days" jsonb NOT NULL, "updatedAt" timestamptz(3) NOT NULL,
        PRIMARY KEY ("country", "year"))`);
    await runner.query(`
      CREATE TABLE "object_calendar" (
        "objectId" uuid NOT NULL, "calendarId" uuid NOT NULL, "updatedAt" timestamptz(3) NOT NULL, PRIMARY KEY ("objectId"))`);
    await runner.query(`CREATE INDEX "object_calendar_calendar_idx" ON "object_calendar" ("calendarId")`);
    await runner.query(`
      CREATE TABLE "sla_policy" (
        "id" uuid NOT NULL, "name" text NOT NULL, "position" integer NOT NULL, "isActive" boolean NOT NULL, "when" jsonb NOT NULL,
        "calendarId" uuid NOT NULL, "objectCalendarMode" text NOT NULL, "metrics" jsonb NOT NULL, "onChange" jsonb NOT NULL,
        "version" integer NOT NULL, "archivedAt" timestamptz(3), "createdAt" timestamptz(3) NOT NULL,
        "updatedAt" timestamptz(3) NOT NULL, PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "sla_policy_position_idx" ON "sla_policy" ("position")`);
    await runner.query(`
      CREATE TABLE "sla_policy_version" (
        "policyId" uuid NOT NULL, "version" integer NOT NULL, "definition" jsonb NOT NULL, "changedById" uuid,
        "createdAt" timestamptz(3) NOT NULL, PRIMARY KEY ("policyId", "version"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'sla_policy_version',
      'sla_policy',
      'object_calendar',
      'holiday_year',
      'work_calendar_version',
      'work_calendar',
    ])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
