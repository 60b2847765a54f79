import type { MigrationInterface, QueryRunner } from 'typeorm';

const pair = (table: string, one: string, other: string, more = ''): string =>
  `CREATE TABLE "${table}" ("${one}" uuid NOT NULL, "${other}" uuid NOT NULL${more}, CONSTRAINT "PK_${table}" PRIMARY KEY ("${one}", "${other}"))`;

export class CreateDispatch1767225613000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "zone" (
        "id" uuid NOT NULL, "name" text NOT NULL, "color" text NOT NULL, "shape" polygon, "districts" text array NOT NULL DEFAULT '{}',
        "words" text array NOT NULL DEFAULT '{}', "position" integer NOT NULL, "version" integer NOT NULL DEFAULT 1,
        "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_zone" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "zone_position_idx" ON "zone" ("position", "id")`);
    await runner.query(pair('engineer_zone', 'employeeId', 'zoneId'));
    await runner.query(`CREATE INDEX "engineer_zone_zone_idx" ON "engineer_zone" ("zoneId")`);
    await runner.query(`
      CREATE TABLE "skill" ("id" uuid NOT NULL, "name" text NOT NULL, "createdAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_skill" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE UNIQUE INDEX "skill_name_key" ON "skill" (lower("name"))`);
    await runner.query(pair('employee_skill', 'employeeId', 'skillId', ', "level" integer NOT NULL'));
    await runner.query(`CREATE INDEX "employee_skill_skill_idx" ON "employee_skill" ("skillId")`);
    await runner.query(pair('ticket_type_skill', 'typeId', 'skillId', ', "level" integer NOT NULL'));
    await runner.query(`CREATE INDEX "ticket_type_skill_skill_idx" ON "ticket_type_skill" ("skillId")`);
    await runner.query(`
      CREATE TABLE "engineer" (
        "employeeId" uuid NOT NULL, "latitude" double precision, "longitude" double precision, "address" text, "calendarId" uuid,
        "updatedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_engineer" PRIMARY KEY ("employeeId"))`);
    await runner.query(`
      CREATE TABLE "dispatch_settings" (
        "id" integer NOT NULL, "roadFactor" double precision NOT NULL DEFAULT '1.4', "speedKmh" integer NOT NULL DEFAULT 40, "calendarId" uuid,
        "daySeconds" integer NOT NULL DEFAULT 28800, "visitSeconds" integer NOT NULL DEFAULT 3600, "version" integer NOT NULL DEFAULT 1,
        "updatedAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_dispatch_settings" PRIMARY KEY ("id"))`);
    await runner.query(`INSERT INTO "dispatch_settings" ("id", "updatedAt") VALUES (1, now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'dispatch_settings',
      'engineer',
      'ticket_type_skill',
      'employee_skill',
      'skill',
      'engineer_zone',
      'zone',
    ])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
