import { EmployeeLeft } from '@opora/modules/people';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { defineJob, Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { TicketWriter } from './ticket-writer.service';
import { Tickets } from './tickets.service';

/** Hands on the open tickets of somebody who has left, some at a time. */
const HandOnTickets = defineJob<{ employeeId: string }>('tickets.hand-on');

const AT_ONCE = 50;

/**
 * S-02: open tickets of a person who has left go back to the queue of their team; a ticket without a team goes to his first team that
 * still works. Closed ones keep his name.
 */
@Injectable()
export class LeftTicketsListener {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
  ) {}

  @On(EmployeeLeft)
  begin(ctx: Ctx, { employeeId }: PayloadOf<typeof EmployeeLeft>): Promise<void> {
    return this.enqueue(ctx, employeeId);
  }

  @Handles(HandOnTickets)
  async handOn(ctx: Ctx, { employeeId }: PayloadOf<typeof HandOnTickets>): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      const [person] = await this.db.query<{ name: string; teamId: string | null }>(
        ctx,
        `SELECT e.name, (SELECT m."teamId" FROM team_member m JOIN team t ON t.id = m."teamId" AND t."archivedAt" IS NULL
           WHERE m."employeeId" = e.id ORDER BY t.line, t.name, t.id LIMIT 1) AS "teamId"
         FROM employee e WHERE e.id = $1 AND (e."archivedAt" IS NOT NULL OR NOT e."isActive")`,
        [employeeId],
      );
      // Back at his desk before his tickets were handed on: they stay his.
      if (!person) return;
      const left = await this.db.query<{ id: string }>(
        ctx,
        `SELECT id FROM ticket WHERE "assigneeId" = $1 AND "deletedAt" IS NULL AND "statusCategory" NOT IN ('done', 'closed') ORDER BY id LIMIT $2`,
        [employeeId, AT_ONCE],
      );
      for (const { id } of left) {
        const ticket = await this.tickets.getForUpdate(ctx, id, null);
        const team = ticket.teamId || !person.teamId ? {} : { teamId: person.teamId };
        await this.writer.change(ctx, ticket, { assigneeId: null, ...team }, { reason: person.name });
      }
      if (left.length === AT_ONCE) await this.enqueue(ctx, employeeId);
    });
  }

  private enqueue(ctx: Ctx, employeeId: string): Promise<void> {
    return this.db.tx(ctx, (ctx) => this.jobs.enqueue(ctx, HandOnTickets({ employeeId })));
  }
}
