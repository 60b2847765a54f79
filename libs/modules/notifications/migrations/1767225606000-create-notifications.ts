import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotifications1767225606000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "notification" (
        "id" uuid NOT NULL, "eventId" uuid NOT NULL, "recipientId" uuid NOT NULL, "channel" text NOT NULL, "kind" text NOT NULL, "ticketId" uuid NOT NULL,
        "commentId" uuid, "actorName" text NOT NULL, "reason" text NOT NULL, "facts" jsonb NOT NULL DEFAULT '{}', "createdAt" timestamptz(3) NOT NULL,
        "readAt" timestamptz(3), CONSTRAINT "PK_notification" PRIMARY KEY ("id"))`);
    await runner.query(
      `CREATE UNIQUE INDEX "notification_once_key" ON "notification" ("eventId", "recipientId", "channel")`,
    );
    await runner.query(`CREATE INDEX "notification_inbox_idx" ON "notification" ("recipientId", "channel", "id")`);
    await runner.query(
      `CREATE INDEX "notification_unread_idx" ON "notification" ("recipientId", "id") WHERE "readAt" IS NULL AND channel = 'app'`,
    );
    await runner.query(
      `CREATE INDEX "notification_comment_idx" ON "notification" ("commentId") WHERE "commentId" IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE "notification_setting" (
        "employeeId" uuid NOT NULL, "kind" text NOT NULL, "app" boolean NOT NULL, "mail" boolean NOT NULL,
        CONSTRAINT "PK_notification_setting" PRIMARY KEY ("employeeId", "kind"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['notification_setting', 'notification']) await runner.query(`DROP TABLE "${table}"`);
  }
}
