import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBilling1767225609000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "time_entry" (
        "id" uuid NOT NULL, "ticketId" uuid NOT NULL, "employeeId" uuid NOT NULL, "workedOn" date NOT NULL, "startedAt" timestamptz(3),
        "seconds" integer NOT NULL, "comment" text NOT NULL DEFAULT '', "source" text NOT NULL, "createdById" uuid,
        "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL, "version" integer NOT NULL DEFAULT 1,
        "deletedAt" timestamptz(3), CONSTRAINT "PK_time_entry" PRIMARY KEY ("id"))`);
    const alive = 'WHERE "deletedAt" IS NULL';
    await runner.query(
      `CREATE INDEX "time_entry_ticket_idx" ON "time_entry" ("ticketId", "workedOn" DESC, "id" DESC) ${alive}`,
    );
    await runner.query(
      `CREATE INDEX "time_entry_employee_idx" ON "time_entry" ("employeeId", "workedOn" DESC, "id" DESC) ${alive}`,
    );
    await runner.query(`CREATE INDEX "time_entry_worked_idx" ON "time_entry" ("workedOn" DESC, "id" DESC) ${alive}`);
    await runner.query(
      `CREATE INDEX "time_entry_started_idx" ON "time_entry" ("employeeId", "startedAt") ${alive} AND "startedAt" IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE "ticket_time" (
        "ticketId" uuid NOT NULL, "seconds" integer NOT NULL DEFAULT 0, "treeSeconds" integer NOT NULL DEFAULT 0,
        CONSTRAINT "PK_ticket_time" PRIMARY KEY ("ticketId"))`);
    await runner.query(`
      CREATE TABLE "time_timer" (
        "employeeId" uuid NOT NULL, "ticketId" uuid NOT NULL, "startedAt" timestamptz(3) NOT NULL,
        "accumulatedSeconds" integer NOT NULL DEFAULT 0, "runningSince" timestamptz(3),
        CONSTRAINT "PK_time_timer" PRIMARY KEY ("employeeId"))`);
    await runner.query(`
      CREATE TABLE "time_settings" (
        "id" integer NOT NULL, "editWindowHours" integer, "lockedUntil" date, "timerStepMinutes" integer NOT NULL DEFAULT 1,
        "version" integer NOT NULL DEFAULT 1, "updatedAt" timestamptz(3) NOT NULL, "updatedById" uuid,
        CONSTRAINT "PK_time_settings" PRIMARY KEY ("id"))`);
    await runner.query(`INSERT INTO "time_settings" ("id", "editWindowHours", "updatedAt") VALUES (1, 72, now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['time_settings', 'time_timer', 'ticket_time', 'time_entry'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
