import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE ticket_merge (
  id uuid PRIMARY KEY, "groupId" uuid NOT NULL,
  "fromId" uuid NOT NULL CONSTRAINT ticket_merge_from_fk REFERENCES ticket (id),
  "toId" uuid NOT NULL CONSTRAINT ticket_merge_to_fk REFERENCES ticket (id),
  reason text, at timestamptz(3) NOT NULL, "actorKind" text NOT NULL, "actorId" uuid, "actorName" text NOT NULL,
  "fromBefore" jsonb NOT NULL, "toBefore" jsonb NOT NULL, "isPublic" boolean NOT NULL,
  "undoneAt" timestamptz(3), "undoneByName" text
);
CREATE INDEX ticket_merge_from_idx ON ticket_merge ("fromId", id);
CREATE INDEX ticket_merge_to_idx ON ticket_merge ("toId", id);
CREATE INDEX ticket_merge_group_idx ON ticket_merge ("groupId");
CREATE UNIQUE INDEX ticket_merge_standing_key ON ticket_merge ("fromId") WHERE "undoneAt" IS NULL;

CREATE TABLE ticket_merge_item (
  "mergeId" uuid NOT NULL CONSTRAINT ticket_merge_item_merge_fk REFERENCES ticket_merge (id), kind text NOT NULL, "itemId" uuid NOT NULL,
  data jsonb, PRIMARY KEY ("mergeId", kind, "itemId")
);

CREATE TABLE ticket_link (
  id uuid PRIMARY KEY, "fromId" uuid NOT NULL CONSTRAINT ticket_link_from_fk REFERENCES ticket (id),
  "toId" uuid NOT NULL CONSTRAINT ticket_link_to_fk REFERENCES ticket (id), kind text NOT NULL,
  "createdAt" timestamptz(3) NOT NULL, "createdById" uuid, "createdByName" text NOT NULL
);
CREATE INDEX ticket_link_from_idx ON ticket_link ("fromId", id);
CREATE INDEX ticket_link_to_idx ON ticket_link ("toId", id);
CREATE UNIQUE INDEX ticket_link_pair_key ON ticket_link (LEAST("fromId", "toId"), GREATEST("fromId", "toId"), kind);
`;

/** Where the way through merges ends; and a ticket with everything that was merged into it. */
const FUNCTIONS = `
CREATE INDEX ticket_merged_idx ON ticket ("mergedIntoId") WHERE "mergedIntoId" IS NOT NULL;
CREATE FUNCTION ticket_survivor(start uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE chain(id, next) AS (
    SELECT t.id, t."mergedIntoId" FROM ticket t WHERE t.id = start
    UNION SELECT t.id, t."mergedIntoId" FROM chain c JOIN ticket t ON t.id = c.next)
  SELECT id FROM chain WHERE next IS NULL $$;
CREATE FUNCTION ticket_absorbed(survivor uuid) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 3 AS $$
  WITH RECURSIVE below(id) AS (SELECT survivor UNION SELECT t.id FROM below b JOIN ticket t ON t."mergedIntoId" = b.id)
  SELECT id FROM below $$;
`;

/** Lists leave merged tickets out: their indexes answer that, too, so that counting them reads no ticket. */
const LISTS = [
  ['updated', '"updatedAt", id'],
  ['created', '"createdAt", id'],
  ['assignee', '"assigneeId", "updatedAt", id'],
  ['team', '"teamId", "updatedAt", id'],
] as const;

export class MergeTickets1767225603800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
    for (const [name, columns] of LISTS) {
      await runner.query(`DROP INDEX ticket_${name}_idx`);
      await runner.query(
        `CREATE INDEX ticket_${name}_idx ON ticket (${columns}) INCLUDE ("mergedIntoId") WHERE "deletedAt" IS NULL`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of LISTS) {
      await runner.query(`DROP INDEX ticket_${name}_idx`);
      await runner.query(`CREATE INDEX ticket_${name}_idx ON ticket (${columns}) WHERE "deletedAt" IS NULL`);
    }
    await runner.query('DROP FUNCTION ticket_absorbed; DROP FUNCTION ticket_survivor; DROP INDEX ticket_merged_idx');
    await runner.query('DROP TABLE ticket_link; DROP TABLE ticket_merge_item; DROP TABLE ticket_merge');
  }
}
