import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE SEQUENCE ticket_number_seq AS integer;

CREATE TABLE process (
  id uuid PRIMARY KEY, code text NOT NULL, name jsonb NOT NULL, "initialStatusId" uuid NOT NULL, "isDefault" boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX process_code_key ON process (code);

CREATE TABLE ticket_status (
  id uuid PRIMARY KEY, "processId" uuid NOT NULL CONSTRAINT ticket_status_process_fk REFERENCES process (id),
  code text NOT NULL, name jsonb NOT NULL, "clientName" jsonb NOT NULL, color text NOT NULL, category text NOT NULL,
  position integer NOT NULL, "isFinal" boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX ticket_status_code_key ON ticket_status ("processId", code);

CREATE TABLE status_transition (
  id uuid PRIMARY KEY, "processId" uuid NOT NULL CONSTRAINT status_transition_process_fk REFERENCES process (id),
  "fromId" uuid NOT NULL CONSTRAINT status_transition_from_fk REFERENCES ticket_status (id),
  "toId" uuid NOT NULL CONSTRAINT status_transition_to_fk REFERENCES ticket_status (id),
  name jsonb, "typeIds" uuid[], "roleCodes" text[], "requiresComment" boolean NOT NULL DEFAULT false,
  "availableForClient" boolean NOT NULL DEFAULT false, position integer NOT NULL DEFAULT 0
);
CREATE INDEX status_transition_process_idx ON status_transition ("processId");
CREATE INDEX status_transition_from_idx ON status_transition ("fromId");
CREATE INDEX status_transition_to_idx ON status_transition ("toId");

CREATE TABLE priority (
  id uuid PRIMARY KEY, code text NOT NULL, name jsonb NOT NULL, color text NOT NULL, position integer NOT NULL,
  "isDefault" boolean NOT NULL DEFAULT false, "archivedAt" timestamptz(3)
);
CREATE UNIQUE INDEX priority_code_key ON priority (code);

CREATE TABLE ticket_type (
  id uuid PRIMARY KEY, code text NOT NULL, name jsonb NOT NULL, "isInner" boolean NOT NULL DEFAULT false,
  "availableForClient" boolean NOT NULL DEFAULT true, "isDefault" boolean NOT NULL DEFAULT false,
  "processId" uuid NOT NULL CONSTRAINT ticket_type_process_fk REFERENCES process (id),
  form jsonb NOT NULL DEFAULT '[]', position integer NOT NULL, "archivedAt" timestamptz(3)
);
CREATE UNIQUE INDEX ticket_type_code_key ON ticket_type (code);
CREATE INDEX ticket_type_process_idx ON ticket_type ("processId");

CREATE TABLE ticket (
  id uuid PRIMARY KEY, number integer NOT NULL, version integer NOT NULL DEFAULT 1, subject text NOT NULL,
  description text NOT NULL DEFAULT '', "descriptionText" text NOT NULL DEFAULT '', "descriptionOriginal" text,
  "typeId" uuid NOT NULL, "statusId" uuid NOT NULL, "statusCategory" text NOT NULL, "priorityId" uuid NOT NULL,
  "companyId" uuid, "contactId" uuid, "objectId" uuid, "assigneeId" uuid, "teamId" uuid,
  "authorKind" text NOT NULL, "authorId" uuid, source text NOT NULL, "sourceRef" text,
  "parentId" uuid CONSTRAINT ticket_parent_fk REFERENCES ticket (id),
  "deadlineAt" timestamptz(3), "scheduledFor" timestamptz(3), "plannedSeconds" integer,
  "customFields" jsonb NOT NULL DEFAULT '{}', "externalIds" jsonb NOT NULL DEFAULT '{}',
  "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL, "publicUpdatedAt" timestamptz(3) NOT NULL,
  "lastClientMessageAt" timestamptz(3), "lastStaffReplyAt" timestamptz(3), "lastCommentAt" timestamptz(3), "lastCommentId" uuid, awaiting text,
  "solvedAt" timestamptz(3), "closedAt" timestamptz(3), "mergedIntoId" uuid, "deletedAt" timestamptz(3), "deleteReason" text,
  "commentCount" integer NOT NULL DEFAULT 0, "fileCount" integer NOT NULL DEFAULT 0, "handoverCount" integer NOT NULL DEFAULT 0
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX ticket_number_key ON ticket (number);
CREATE INDEX ticket_company_public_idx ON ticket ("companyId", "publicUpdatedAt");
CREATE INDEX ticket_contact_public_idx ON ticket ("contactId", "publicUpdatedAt");
CREATE INDEX ticket_parent_idx ON ticket ("parentId") WHERE "parentId" IS NOT NULL;

CREATE TABLE ticket_observer (
  "ticketId" uuid NOT NULL CONSTRAINT ticket_observer_ticket_fk REFERENCES ticket (id), kind text NOT NULL, "subjectId" uuid NOT NULL,
  PRIMARY KEY ("ticketId", kind, "subjectId")
);
CREATE INDEX ticket_observer_subject_idx ON ticket_observer ("subjectId");

CREATE TABLE ticket_co_executor (
  "ticketId" uuid NOT NULL CONSTRAINT ticket_co_executor_ticket_fk REFERENCES ticket (id), "employeeId" uuid NOT NULL,
  PRIMARY KEY ("ticketId", "employeeId")
);
CREATE INDEX ticket_co_executor_employee_idx ON ticket_co_executor ("employeeId");

CREATE TABLE ticket_grant (
  "ticketId" uuid NOT NULL CONSTRAINT ticket_grant_ticket_fk REFERENCES ticket (id), "subjectKind" text NOT NULL, "subjectId" uuid NOT NULL,
  "expiresAt" timestamptz(3) NOT NULL, "grantedById" uuid, "grantedByName" text NOT NULL, "createdAt" timestamptz(3) NOT NULL,
  PRIMARY KEY ("ticketId", "subjectKind", "subjectId")
);
CREATE INDEX ticket_grant_subject_idx ON ticket_grant ("subjectId");

CREATE TABLE ticket_read (
  "ticketId" uuid NOT NULL CONSTRAINT ticket_read_ticket_fk REFERENCES ticket (id), "employeeId" uuid NOT NULL,
  "lastSeenCommentId" uuid, "lastSeenAt" timestamptz(3) NOT NULL, PRIMARY KEY ("ticketId", "employeeId")
);

CREATE UNLOGGED TABLE ticket_presence (
  "ticketId" uuid NOT NULL, "employeeId" uuid NOT NULL, state text NOT NULL, until timestamptz(3) NOT NULL,
  PRIMARY KEY ("ticketId", "employeeId")
);

CREATE TABLE comment (
  id uuid PRIMARY KEY, "ticketId" uuid NOT NULL CONSTRAINT comment_ticket_fk REFERENCES ticket (id), audience text[] NOT NULL,
  "authorKind" text NOT NULL, "authorId" uuid, "authorName" text NOT NULL, html text NOT NULL, text text NOT NULL, original text,
  kind text NOT NULL DEFAULT 'comment', source text NOT NULL, cc text[] NOT NULL DEFAULT '{}', "undoState" jsonb,
  "createdAt" timestamptz(3) NOT NULL, "visibleAt" timestamptz(3) NOT NULL, "undoneAt" timestamptz(3)
);
CREATE INDEX comment_ticket_idx ON comment ("ticketId", "createdAt", id);

CREATE TABLE attachment (
  id uuid PRIMARY KEY, "ticketId" uuid NOT NULL CONSTRAINT attachment_ticket_fk REFERENCES ticket (id),
  "commentId" uuid CONSTRAINT attachment_comment_fk REFERENCES comment (id), "fileId" uuid NOT NULL, audience text[] NOT NULL,
  caption text, "isInline" boolean NOT NULL DEFAULT false, "authorKind" text NOT NULL, "authorId" uuid,
  "createdAt" timestamptz(3) NOT NULL
);
CREATE INDEX attachment_ticket_idx ON attachment ("ticketId", "createdAt", id);
CREATE INDEX attachment_comment_idx ON attachment ("commentId");
CREATE INDEX attachment_file_idx ON attachment ("fileId");

CREATE TABLE draft (
  "ticketId" uuid NOT NULL CONSTRAINT draft_ticket_fk REFERENCES ticket (id), "employeeId" uuid NOT NULL, audience text[] NOT NULL,
  html text NOT NULL, "fileIds" uuid[] NOT NULL DEFAULT '{}', cc text[] NOT NULL DEFAULT '{}', "baseVersion" integer,
  "updatedAt" timestamptz(3) NOT NULL, PRIMARY KEY ("ticketId", "employeeId")
);

CREATE TABLE ticket_change (
  id uuid PRIMARY KEY, "ticketId" uuid NOT NULL CONSTRAINT ticket_change_ticket_fk REFERENCES ticket (id), at timestamptz(3) NOT NULL,
  "actorKind" text NOT NULL, "actorId" uuid, "actorName" text NOT NULL, cause jsonb NOT NULL, field text NOT NULL,
  before jsonb, after jsonb, version integer NOT NULL
);
CREATE INDEX ticket_change_ticket_idx ON ticket_change ("ticketId", at, id);

CREATE FUNCTION ticket_change_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of a ticket is immutable';
END $$;
CREATE TRIGGER ticket_change_immutable BEFORE UPDATE OR DELETE ON ticket_change FOR EACH ROW EXECUTE FUNCTION ticket_change_is_immutable();
CREATE TRIGGER ticket_change_no_truncate BEFORE TRUNCATE ON ticket_change FOR EACH STATEMENT EXECUTE FUNCTION ticket_change_is_immutable();
`;

const TABLE_NAMES = [
  'ticket_change',
  'ticket_presence',
  'draft',
  'attachment',
  'comment',
  'ticket_read',
  'ticket_grant',
  'ticket_co_executor',
  'ticket_observer',
  'ticket',
  'ticket_type',
  'priority',
  'status_transition',
  'ticket_status',
  'process',
];

export class CreateTickets1767225603000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of TABLE_NAMES) await runner.query(`DROP TABLE ${name}`);
    await runner.query('DROP FUNCTION ticket_change_is_immutable()');
    await runner.query('DROP SEQUENCE ticket_number_seq');
  }
}
