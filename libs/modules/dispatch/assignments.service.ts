import { Employees } from '@opora/modules/people';
import { type Ticket, TicketChange, TicketPermission, Tickets, TicketWork } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { ProblemError, raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import type { AssignmentView, SaveAssignment } from './board.dto';
import { DispatchError } from './dispatch.errors';

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;
const sameMoment = (one: string | null | undefined, other: Date | null): boolean =>
  (one ? Date.parse(one) : null) === (other?.getTime() ?? null);

/** One drag on the board: who and when in one transaction, or the name of whoever was quicker. */
@Injectable()
export class Assignments {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly work: TicketWork,
    private readonly employees: Employees,
  ) {}

  save(ctx: Ctx, input: SaveAssignment): Promise<AssignmentView> {
    const { ticketId, assigneeId = null, scheduledFor, plannedSeconds, teamId, reason, seen } = input;
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, ticketId, TicketPermission.assign);
      const isSeen = (seen.assigneeId?.toLowerCase() ?? null) === ticket.assigneeId;
      if (!isSeen || !sameMoment(seen.scheduledFor, ticket.scheduledFor)) throw await this.moved(ctx, ticket);
      const fields = {
        ...(scheduledFor !== undefined && !sameMoment(scheduledFor, ticket.scheduledFor) && { scheduledFor }),
        ...(plannedSeconds !== undefined && plannedSeconds !== ticket.plannedSeconds && { plannedSeconds }),
      };
      const who = {
        ...((assigneeId?.toLowerCase() ?? null) !== ticket.assigneeId && { assigneeId }),
        ...(teamId && !ticket.teamId && { teamId }),
      };
      const saved = await this.work
        .withFields(ctx, ticket.id, Object.keys(fields).length ? fields : undefined, async (ctx) =>
          Object.keys(who).length
            ? this.work.assign(ctx, ticket.id, { ...who, reason })
            : this.tickets.getUnchecked(ctx, ticket.id),
        )
        .catch((error: unknown) => raise(withoutFields(error)));
      return {
        id: saved.id,
        number: saved.number,
        version: saved.version,
        assignee: saved.assignee && { id: saved.assignee.id, name: saved.assignee.name },
        scheduledFor: iso(saved.scheduledFor),
        plannedSeconds: saved.plannedSeconds,
      };
    });
  }

  /** 409 with what is true now and who made it so. */
  private async moved(ctx: TxCtx, ticket: Ticket): Promise<Error> {
    const names = ticket.assigneeId
      ? await this.employees.namesOf(ctx, [ticket.assigneeId])
      : new Map<string, string>();
    const [last] = await this.db
      .repo(ctx, TicketChange)
      .createQueryBuilder('c')
      .where(`c."ticketId" = :id AND c.field IN ('assigneeId', 'scheduledFor')`, { id: ticket.id })
      .orderBy('c.version', 'DESC')
      .limit(1)
      .getMany();
    const name = ticket.assigneeId ? (names.get(ticket.assigneeId) ?? '') : null;
    const facts = { name: name ?? '', by: last?.actorName ?? '' };
    const members = {
      current: {
        version: ticket.version,
        assignee: ticket.assigneeId ? { id: ticket.assigneeId, name } : null,
        scheduledFor: iso(ticket.scheduledFor),
      },
      by: last?.actorName ?? null,
      at: iso(last?.at ?? null),
    };
    const isTaken = last?.field === 'assigneeId' && ticket.assigneeId;
    return isTaken ? DispatchError.taken(facts, members) : DispatchError.moved(facts, members);
  }
}

/** Problems of fields point into this request. */
function withoutFields(error: unknown): Error {
  if (!(error instanceof ProblemError)) throw error;
  const fields = error.fields.map((field) => ({ ...field, pointer: field.pointer.replace(/^\/fields/, '') }));
  return new ProblemError(error.code, error.status, error.facts, error.members, fields);
}
