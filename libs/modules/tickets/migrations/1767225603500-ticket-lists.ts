import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every index serves one list; the partial ones follow the words of the queries exactly. */
const INDEXES = `
CREATE INDEX ticket_open_idx ON ticket ("updatedAt", id) WHERE "deletedAt" IS NULL AND "statusCategory" NOT IN ('done', 'closed');
CREATE INDEX ticket_updated_idx ON ticket ("updatedAt", id) WHERE "deletedAt" IS NULL;
CREATE INDEX ticket_created_idx ON ticket ("createdAt", id) WHERE "deletedAt" IS NULL;
CREATE INDEX ticket_deadline_idx ON ticket ((COALESCE("deadlineAt", 'infinity'::timestamptz)), id)
  WHERE "deletedAt" IS NULL AND "statusCategory" NOT IN ('done', 'closed');
CREATE INDEX ticket_assignee_idx ON ticket ("assigneeId", "updatedAt", id) WHERE "deletedAt" IS NULL;
CREATE INDEX ticket_team_idx ON ticket ("teamId", "updatedAt", id) WHERE "deletedAt" IS NULL;
CREATE INDEX ticket_author_idx ON ticket ("authorId");
CREATE INDEX ticket_object_idx ON ticket ("objectId") WHERE "objectId" IS NOT NULL;
`;

const SEARCH = `
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE ticket_search (
  "ticketId" uuid PRIMARY KEY CONSTRAINT ticket_search_ticket_fk REFERENCES ticket (id),
  vector tsvector NOT NULL, "shortText" text NOT NULL
);
CREATE INDEX ticket_search_vector_idx ON ticket_search USING gin (vector) WITH (gin_pending_list_limit = 512);
CREATE INDEX ticket_search_short_idx ON ticket_search USING gin ("shortText" gin_trgm_ops) WITH (gin_pending_list_limit = 512);
`;

/**
 * Reading a vector of the whole table means unpacking megabytes that the planner does not count, so the words are always looked up
 * by their index. `most` ends the search early; NULL finds all.
 */
const FUNCTIONS = `
CREATE FUNCTION ticket_found(query tsquery, most bigint) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 500 SET enable_seqscan = off
  AS $$ SELECT "ticketId" FROM ticket_search WHERE vector @@ query LIMIT most $$;
CREATE FUNCTION ticket_alike(word text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 500 SET enable_seqscan = off AS $$
BEGIN
  PERFORM word_similarity(word, word), set_config('pg_trgm.word_similarity_threshold', '0.4', true);
  RETURN QUERY SELECT "ticketId" FROM ticket_search WHERE word <% "shortText";
END $$;
`;

const VIEWS = `
CREATE TABLE ticket_view (
  id uuid PRIMARY KEY, name jsonb NOT NULL, "ownerId" uuid CONSTRAINT ticket_view_owner_fk REFERENCES employee (id),
  "roleCodes" text[], "teamIds" uuid[], query text NOT NULL, columns text[] NOT NULL, sort text,
  "colorRules" jsonb NOT NULL DEFAULT '[]', position integer NOT NULL, icon text NOT NULL,
  "createdAt" timestamptz(3) NOT NULL, "updatedAt" timestamptz(3) NOT NULL
);
CREATE INDEX ticket_view_owner_idx ON ticket_view ("ownerId");
`;

export class TicketLists1767225603500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
    await runner.query(SEARCH);
    await runner.query(FUNCTIONS);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP FUNCTION ticket_found; DROP FUNCTION ticket_alike; DROP TABLE ticket_view; DROP TABLE ticket_search',
    );
    for (const name of ['open', 'updated', 'created', 'deadline', 'assignee', 'team', 'author', 'object']) {
      await runner.query(`DROP INDEX ticket_${name}_idx`);
    }
  }
}
