import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE mailbox (
  id uuid PRIMARY KEY, name text NOT NULL, address text NOT NULL, imap jsonb, smtp jsonb, "isActive" boolean NOT NULL DEFAULT true,
  "isDefault" boolean NOT NULL DEFAULT false, "defaultTeamId" uuid, "defaultTypeId" uuid, "uidValidity" bigint, "lastUid" bigint,
  "lastSeenAt" timestamptz(3), "lastError" text, "leasedBy" text, "leasedUntil" timestamptz(3), "createdAt" timestamptz(3) NOT NULL, "archivedAt" timestamptz(3)
);
CREATE UNIQUE INDEX mailbox_address_key ON mailbox (lower(address)) WHERE "archivedAt" IS NULL;

CREATE TABLE intake_message (
  id uuid PRIMARY KEY, channel text NOT NULL, "mailboxId" uuid, "uidValidity" bigint, uid bigint, "receivedAt" timestamptz(3) NOT NULL,
  "envelopeFrom" text, "envelopeTo" text[] NOT NULL DEFAULT '{}', size integer NOT NULL, sha256 text NOT NULL, raw bytea NOT NULL,
  state text NOT NULL DEFAULT 'received', reason text, facts jsonb NOT NULL DEFAULT '{}', attempts integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0, "dueAt" timestamptz(3) NOT NULL, "leasedUntil" timestamptz(3),
  "parsedAt" timestamptz(3), kind text, "messageId" text, "contentSha" text, "fromAddress" text, "fromName" text, subject text, problem text,
  "threadIndex" text, "threadTopic" text, "ticketId" uuid, "commentId" uuid, "duplicateOfId" uuid
);
-- Mails are read in slices and hardly compress: outside the row, as they are.
ALTER TABLE intake_message ALTER COLUMN raw SET STORAGE EXTERNAL;
CREATE INDEX intake_message_state_idx ON intake_message (state, id);
CREATE UNIQUE INDEX intake_message_uid_key ON intake_message ("mailboxId", "uidValidity", uid) WHERE uid IS NOT NULL;
CREATE INDEX intake_message_due_idx ON intake_message ("dueAt", id) WHERE state = 'received';
CREATE INDEX intake_message_sha_idx ON intake_message (sha256);
CREATE INDEX intake_message_message_id_idx ON intake_message ("messageId");
CREATE INDEX intake_message_ticket_idx ON intake_message ("ticketId", id);
CREATE INDEX intake_message_search_idx ON intake_message
  USING gin (lower(coalesce("fromAddress", '') || ' ' || coalesce("fromName", '') || ' ' || coalesce(subject, '')) gin_trgm_ops);
`;

export class CreateChannels1767225605000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE intake_message');
    await runner.query('DROP TABLE mailbox');
  }
}
