import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Words of comments leave the ticket's own vector: adding a comment writes its own words, not those of the whole conversation again.
 * The words are always looked up by their index, as `ticket_found` did; `ticket_named` reads what clients may find by.
 */
const UP = `
CREATE TABLE comment_search (
  "commentId" uuid PRIMARY KEY CONSTRAINT comment_search_comment_fk REFERENCES comment (id),
  "ticketId" uuid NOT NULL, vector tsvector NOT NULL
);
CREATE INDEX comment_search_ticket_idx ON comment_search ("ticketId");
CREATE INDEX comment_search_vector_idx ON comment_search USING gin (vector) WITH (gin_pending_list_limit = 512);
DROP FUNCTION ticket_found;
CREATE FUNCTION ticket_named(query tsquery) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 500 SET enable_seqscan = off
  AS $$ SELECT "ticketId" FROM ticket_search WHERE vector @@ query $$;
CREATE FUNCTION ticket_found(query tsquery) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 500 SET enable_seqscan = off
  AS $$ SELECT "ticketId" FROM ticket_search WHERE vector @@ query UNION ALL SELECT "ticketId" FROM comment_search WHERE vector @@ query $$;
CREATE FUNCTION ticket_mentions(query tsquery) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE plan json; total bigint := 0; place text;
BEGIN
  FOREACH place IN ARRAY ARRAY['ticket_search', 'comment_search'] LOOP
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT 1 FROM %I WHERE vector @@ %L::tsquery', place, query) INTO plan;
    total := total + (plan->0->'Plan'->>'Plan Rows')::bigint;
  END LOOP;
  RETURN total;
END $$;
`;

export class SearchComments1767225603710 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
    // Comments there are already stay in their tickets' vectors until the tickets are read anew, which this job does.
    await runner.query(`INSERT INTO outbox (id, "eventId", name, handler, payload, "dueAt", "createdAt")
      SELECT gen_random_uuid(), gen_random_uuid(), 'tickets.refresh-search', 'TicketSearchListener.refresh', '{"after": null}', now(), now()
      WHERE EXISTS (SELECT 1 FROM ticket)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ticket_mentions; DROP FUNCTION ticket_found; DROP FUNCTION ticket_named; DROP TABLE comment_search;
      CREATE FUNCTION ticket_found(query tsquery, most bigint) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 500 SET enable_seqscan = off
        AS $$ SELECT "ticketId" FROM ticket_search WHERE vector @@ query LIMIT most $$;`);
  }
}
