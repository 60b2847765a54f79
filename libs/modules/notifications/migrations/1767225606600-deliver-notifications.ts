import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeliverNotifications1767225606600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE "notification" ALTER COLUMN "ticketId" DROP NOT NULL, ADD COLUMN "approvalId" uuid, ADD COLUMN "lineId" uuid,
        ADD COLUMN "lastAt" timestamptz(3), ADD COLUMN "dueAt" timestamptz(3), ADD COLUMN "isWaiting" boolean NOT NULL DEFAULT false,
        ADD COLUMN "isSummary" boolean NOT NULL DEFAULT false, ADD COLUMN "mailId" uuid`);
    await runner.query(`UPDATE "notification" SET "lastAt" = "createdAt", "dueAt" = "createdAt"`);
    await runner.query(
      `ALTER TABLE "notification" ALTER COLUMN "lastAt" SET NOT NULL, ALTER COLUMN "dueAt" SET NOT NULL`,
    );
    await runner.query(`DROP INDEX "notification_inbox_idx"`);
    await runner.query(`DROP INDEX "notification_unread_idx"`);
    await runner.query(
      `CREATE INDEX "notification_inbox_idx" ON "notification" ("recipientId", "lastAt", "id") WHERE channel = 'app' AND "lineId" IS NULL`,
    );
    await runner.query(
      `CREATE INDEX "notification_unread_idx" ON "notification" ("recipientId", "ticketId") WHERE channel = 'app' AND "lineId" IS NULL AND "readAt" IS NULL`,
    );
    await runner.query(`CREATE INDEX "notification_line_idx" ON "notification" ("lineId") WHERE "lineId" IS NOT NULL`);
    await runner.query(
      `CREATE INDEX "notification_waiting_idx" ON "notification" ("recipientId", "dueAt") WHERE "isWaiting"`,
    );
    await runner.query(
      `CREATE INDEX "notification_summary_idx" ON "notification" ("recipientId", "dueAt") WHERE "isSummary" AND channel = 'mail'`,
    );
    await runner.query(`
      ALTER TABLE "notification_setting"
        ALTER COLUMN "app" TYPE text USING CASE WHEN "app" THEN 'now' ELSE 'off' END,
        ALTER COLUMN "mail" TYPE text USING CASE WHEN "mail" THEN 'now' ELSE 'off' END`);
    await runner.query(`
      CREATE TABLE "notification_preference" (
        "employeeId" uuid NOT NULL, "digest" text NOT NULL, "digestAt" text NOT NULL, "quietHours" jsonb NOT NULL, "urgentBreaksThrough" boolean NOT NULL,
        CONSTRAINT "PK_notification_preference" PRIMARY KEY ("employeeId"))`);
    await runner.query(`
      CREATE TABLE "notification_default" (
        "kind" text NOT NULL, "app" text NOT NULL, "mail" text NOT NULL, "appLocked" boolean NOT NULL, "mailLocked" boolean NOT NULL,
        CONSTRAINT "PK_notification_default" PRIMARY KEY ("kind"))`);
    await runner.query(`
      CREATE TABLE "notification_policy" (
        "id" smallint NOT NULL, "tellsSubstitutes" boolean NOT NULL, CONSTRAINT "PK_notification_policy" PRIMARY KEY ("id"))`);
    await runner.query(`INSERT INTO "notification_policy" VALUES (1, true)`);
    await runner.query(`
      CREATE TABLE "notification_mute" (
        "employeeId" uuid NOT NULL, "ticketId" uuid NOT NULL, "createdAt" timestamptz(3) NOT NULL,
        CONSTRAINT "PK_notification_mute" PRIMARY KEY ("employeeId", "ticketId"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['notification_mute', 'notification_policy', 'notification_default', 'notification_preference'])
      await runner.query(`DROP TABLE "${table}"`);
    await runner.query(`
      ALTER TABLE "notification_setting" ALTER COLUMN "app" TYPE boolean USING "app" <> 'off', ALTER COLUMN "mail" TYPE boolean USING "mail" <> 'off'`);
    for (const name of ['inbox', 'unread', 'line', 'waiting', 'summary'])
      await runner.query(`DROP INDEX "notification_${name}_idx"`);
    await runner.query(`DELETE FROM "notification" WHERE "ticketId" IS NULL`);
    await runner.query(`
      ALTER TABLE "notification" ALTER COLUMN "ticketId" SET NOT NULL, DROP COLUMN "approvalId", DROP COLUMN "lineId", DROP COLUMN "lastAt",
        DROP COLUMN "dueAt", DROP COLUMN "isWaiting", DROP COLUMN "isSummary", DROP COLUMN "mailId"`);
    await runner.query(`CREATE INDEX "notification_inbox_idx" ON "notification" ("recipientId", "channel", "id")`);
    await runner.query(
      `CREATE INDEX "notification_unread_idx" ON "notification" ("recipientId", "id") WHERE "readAt" IS NULL AND channel = 'app'`,
    );
  }
}
