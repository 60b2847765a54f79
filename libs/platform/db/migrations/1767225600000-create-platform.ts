import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePlatform1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS btree_gin`);
    await runner.query(`
      CREATE TABLE "installation" (
        "id" integer NOT NULL, "secret" bytea NOT NULL, "name" text NOT NULL DEFAULT 'Opora', "timeZone" text NOT NULL DEFAULT 'Europe/Moscow',
        "locale" text NOT NULL DEFAULT 'ru', "createdAt" timestamptz(3) NOT NULL, "demoLoadedAt" timestamptz(3), CONSTRAINT "PK_installation" PRIMARY KEY ("id"))`);
    await runner.query(`
      CREATE TABLE "outbox" (
        "id" uuid NOT NULL, "eventId" uuid NOT NULL, "name" text NOT NULL, "handler" text NOT NULL, "payload" jsonb NOT NULL, "key" text,
        "state" text NOT NULL DEFAULT 'pending', "dueAt" timestamptz(3) NOT NULL, "leasedUntil" timestamptz(3), "attempts" integer NOT NULL DEFAULT 0,
        "lastError" text, "createdAt" timestamptz(3) NOT NULL, "doneAt" timestamptz(3), CONSTRAINT "PK_outbox" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "outbox_due_idx" ON "outbox" ("dueAt") WHERE state = 'pending'`);
    await runner.query(
      `CREATE UNIQUE INDEX "outbox_key_idx" ON "outbox" ("name", "key") WHERE state = 'pending' AND key IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX "outbox_state_idx" ON "outbox" ("state", "id")`);
    await runner.query(`
      CREATE TABLE "idempotency_key" (
        "key" text NOT NULL, "owner" text NOT NULL, "route" text NOT NULL, "bodyHash" text NOT NULL, "status" integer NOT NULL DEFAULT 0, "body" text,
        "headers" jsonb NOT NULL DEFAULT '{}', "createdAt" timestamptz(3) NOT NULL, CONSTRAINT "PK_idempotency_key" PRIMARY KEY ("key", "owner", "route"))`);
    await runner.query(`CREATE INDEX "idempotency_key_age_idx" ON "idempotency_key" ("createdAt")`);
    await runner.query(`
      CREATE TABLE "stored_file" (
        "id" uuid NOT NULL, "sha256" text NOT NULL, "name" text NOT NULL, "mime" text NOT NULL, "size" bigint NOT NULL, "ownerKind" text NOT NULL,
        "ownerId" text NOT NULL, "createdAt" timestamptz(3) NOT NULL, "claimedAt" timestamptz(3), CONSTRAINT "PK_stored_file" PRIMARY KEY ("id"))`);
    await runner.query(
      `CREATE INDEX "stored_file_unclaimed_idx" ON "stored_file" ("createdAt") WHERE "claimedAt" IS NULL`,
    );
    await runner.query(`
      CREATE TABLE "outgoing_mail" (
        "id" uuid NOT NULL, "messageId" text NOT NULL, "kind" text NOT NULL, "subjectId" uuid, "commentId" uuid, "mailboxId" uuid,
        "fromAddress" text NOT NULL, "fromName" text NOT NULL, "replyTo" text, "to" text array NOT NULL, "cc" text array NOT NULL DEFAULT '{}',
        "subject" text NOT NULL, "html" text NOT NULL, "text" text NOT NULL, "headers" jsonb NOT NULL DEFAULT '{}', "inReplyTo" text,
        "references" text array NOT NULL DEFAULT '{}', "attachments" jsonb NOT NULL DEFAULT '[]', "state" text NOT NULL DEFAULT 'waiting', "reason" text,
        "sendAfter" timestamptz(3) NOT NULL, "createdAt" timestamptz(3) NOT NULL, "sentAt" timestamptz(3),
        CONSTRAINT "UQ_outgoing_mail_message_id" UNIQUE ("messageId"), CONSTRAINT "PK_outgoing_mail" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "outgoing_mail_subject_idx" ON "outgoing_mail" ("subjectId", "id")`);
    await runner.query(`CREATE INDEX "outgoing_mail_state_idx" ON "outgoing_mail" ("state", "id")`);
    await runner.query(`CREATE INDEX "outgoing_mail_to_idx" ON "outgoing_mail" (lower("to"[1]), "createdAt")`);
    await runner.query(
      `CREATE INDEX "outgoing_mail_comment_idx" ON "outgoing_mail" ("commentId") WHERE "commentId" IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE "message_template" (
        "key" text NOT NULL, "locale" text NOT NULL, "subject" text NOT NULL, "body" text NOT NULL, "updatedAt" timestamptz(3) NOT NULL,
        CONSTRAINT "PK_message_template" PRIMARY KEY ("key", "locale"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'message_template',
      'outgoing_mail',
      'stored_file',
      'idempotency_key',
      'outbox',
      'installation',
    ])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
