import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';

/** Keeps the one row that lists and guards read. */
@Injectable()
export class ChecklistProgress {
  constructor(private readonly db: Db) {}

  /** Counts a ticket's cells anew; its row is locked by whoever changes them. */
  async count(ctx: Ctx, ticketId: string): Promise<void> {
    await this.db.query(
      ctx,
      `WITH cells AS (
         SELECT i."isRequired", greatest(1, jsonb_array_length(c.subjects)) AS total,
           (SELECT count(*) FROM checklist_mark m WHERE m."itemId" = i.id)::int AS done
         FROM checklist c JOIN checklist_item i ON i."checklistId" = c.id WHERE c."ticketId" = $1 AND i.kind = 'item')
       INSERT INTO ticket_checklist ("ticketId", done, total, "requiredDone", required)
       SELECT $1, COALESCE(sum(done), 0), COALESCE(sum(total), 0), COALESCE(sum(done) FILTER (WHERE "isRequired"), 0),
         COALESCE(sum(total) FILTER (WHERE "isRequired"), 0) FROM cells
       ON CONFLICT ("ticketId") DO UPDATE SET done = excluded.done, total = excluded.total, "requiredDone" = excluded."requiredDone",
         required = excluded.required`,
      [ticketId],
    );
  }
}
