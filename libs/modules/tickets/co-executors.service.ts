import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';

type Named = { id: string; name: string };

/** Who works on a ticket beside its assignee. */
@Injectable()
export class CoExecutors {
  constructor(private readonly db: Db) {}

  /** The people before and after a change, with their names for the history. */
  async compare(
    ctx: Ctx,
    ticketId: string,
    next: readonly string[],
  ): Promise<{ before: Named[]; after: Named[]; isChanged: boolean }> {
    const rows = await this.db.query<Named & { was: boolean; will: boolean }>(
      ctx,
      `SELECT e.id, e.name, c."employeeId" IS NOT NULL AS was, e.id = ANY($2::uuid[]) AS will
       FROM employee e LEFT JOIN ticket_co_executor c ON c."employeeId" = e.id AND c."ticketId" = $1
       WHERE c."employeeId" IS NOT NULL OR e.id = ANY($2::uuid[]) ORDER BY e.name, e.id`,
      [ticketId, next],
    );
    const named = (filter: (row: (typeof rows)[number]) => boolean): Named[] =>
      rows.filter(filter).map(({ id, name }) => ({ id, name }));
    return {
      before: named(({ was }) => was),
      after: named(({ will }) => will),
      isChanged: rows.some(({ was, will }) => was !== will),
    };
  }

  async replace(ctx: TxCtx, ticketId: string, next: readonly string[]): Promise<void> {
    await this.db.query(
      ctx,
      `DELETE FROM ticket_co_executor WHERE "ticketId" = $1 AND NOT ("employeeId" = ANY($2::uuid[]))`,
      [ticketId, next],
    );
    await this.db.query(
      ctx,
      `INSERT INTO ticket_co_executor ("ticketId", "employeeId") SELECT DISTINCT $1::uuid, e FROM unnest($2::uuid[]) e ON CONFLICT DO NOTHING`,
      [ticketId, next],
    );
  }
}
