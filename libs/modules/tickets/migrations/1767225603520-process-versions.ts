import { newId } from '@opora/platform/db';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
ALTER TABLE process ADD COLUMN "baseId" uuid CONSTRAINT process_base_fk REFERENCES process (id),
  ADD COLUMN "hiddenStatusIds" uuid[] NOT NULL DEFAULT '{}', ADD COLUMN "hiddenTransitionIds" uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN revision integer NOT NULL DEFAULT 1, ADD COLUMN draft jsonb;
ALTER TABLE ticket_status ADD COLUMN x integer, ADD COLUMN y integer, ADD COLUMN "processIds" uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN "archivedAt" timestamptz(3);
ALTER TABLE status_transition ADD COLUMN "processIds" uuid[] NOT NULL DEFAULT '{}';
UPDATE ticket_status SET "processIds" = ARRAY["processId"];
UPDATE status_transition SET "processIds" = ARRAY["processId"];
DROP INDEX ticket_status_code_key;
CREATE UNIQUE INDEX ticket_status_code_key ON ticket_status ("processId", code) WHERE "archivedAt" IS NULL;
`;

const TABLES = `
CREATE TABLE process_version (
  id uuid PRIMARY KEY, "processId" uuid NOT NULL CONSTRAINT process_version_process_fk REFERENCES process (id), number integer NOT NULL,
  definition jsonb NOT NULL, note text, "publishedAt" timestamptz(3) NOT NULL, "publishedBy" text NOT NULL
);
CREATE UNIQUE INDEX process_version_number_key ON process_version ("processId", number);
CREATE TABLE process_binding (
  id uuid PRIMARY KEY, position integer NOT NULL, "typeId" uuid, "companyId" uuid, "categoryId" uuid,
  "processId" uuid NOT NULL CONSTRAINT process_binding_process_fk REFERENCES process (id)
);
CREATE INDEX process_binding_process_idx ON process_binding ("processId");
`;

/** Every process has been published once: as it stands. */
const FIRST_VERSIONS = `
INSERT INTO process_version (id, "processId", number, definition, "publishedAt", "publishedBy")
SELECT $2::uuid, p.id, 1, jsonb_build_object('name', p.name, 'initialStatusId', p."initialStatusId", 'hiddenStatusIds', '[]'::jsonb, 'hiddenTransitionIds', '[]'::jsonb,
  'statuses', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'code', code, 'name', name, 'clientName', "clientName", 'color', color,
    'category', category, 'position', position, 'isFinal', "isFinal", 'x', x, 'y', y) ORDER BY position, id), '[]') FROM ticket_status WHERE "processId" = p.id),
  'transitions', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'fromId', "fromId", 'toId', "toId", 'name', name, 'typeIds', "typeIds",
    'roleCodes', "roleCodes", 'requiresComment', "requiresComment", 'availableForClient', "availableForClient", 'position', position,
    'guards', guards) ORDER BY position, id), '[]') FROM status_transition WHERE "processId" = p.id)), now(), 'Opora'
FROM process p WHERE p.id = $1`;

/** A constant default costs nothing on a full table; only tickets of other processes are written. */
const TICKET = `
ALTER TABLE ticket ADD COLUMN "processId" uuid NOT NULL DEFAULT '01940000-0000-7000-8000-000001000001',
  ADD COLUMN impact text, ADD COLUMN urgency text,
  ADD COLUMN "putAsideUntil" timestamptz(3), ADD COLUMN "putAsideReturnStatusId" uuid;
UPDATE ticket t SET "processId" = s."processId" FROM ticket_status s WHERE s.id = t."statusId" AND s."processId" <> t."processId";
CREATE INDEX ticket_put_aside_idx ON ticket ("putAsideUntil", id) WHERE "putAsideUntil" IS NOT NULL;
`;

export class ProcessVersions1767225603520 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(TABLES);
    for (const { id } of (await runner.query('SELECT id FROM process')) as { id: string }[])
      await runner.query(FIRST_VERSIONS, [id, newId()]);
    await runner.query(TICKET);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ticket DROP COLUMN "putAsideReturnStatusId", DROP COLUMN "putAsideUntil", DROP COLUMN urgency,
      DROP COLUMN impact, DROP COLUMN "processId"`);
    await runner.query('DROP TABLE process_binding; DROP TABLE process_version');
    await runner.query('DROP INDEX ticket_status_code_key');
    await runner.query('CREATE UNIQUE INDEX ticket_status_code_key ON ticket_status ("processId", code)');
    await runner.query('ALTER TABLE status_transition DROP COLUMN "processIds"');
    await runner.query(
      'ALTER TABLE ticket_status DROP COLUMN "archivedAt", DROP COLUMN "processIds", DROP COLUMN y, DROP COLUMN x',
    );
    await runner.query(`ALTER TABLE process DROP COLUMN draft, DROP COLUMN revision, DROP COLUMN version,
      DROP COLUMN "hiddenTransitionIds", DROP COLUMN "hiddenStatusIds", DROP COLUMN "baseId"`);
  }
}
