import { Injectable } from '@nestjs/common';
import { type Ctx, type EmployeeActor } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { invalid } from '@opora/platform/http';
import type { TicketCard } from './ticket-card.query';
import { HandOvers } from './hand-overs.service';
import { TicketFormEdits } from './ticket-form-edits.service';
import { TicketReferences } from './ticket-references.service';
import { TicketTransitions, type TransitionTarget } from './ticket-transitions.service';
import { TicketUpdates } from './ticket-updates.service';
import { doerOf, TicketWriter } from './ticket-writer.service';
import { TicketPermission } from './tickets.access';
import type { AssignTicket, UpdateTicket } from './tickets.dto';
import { TicketError } from './tickets.errors';
import { TicketDeleted, TicketRestored } from './tickets.events';
import { Tickets } from './tickets.service';

/** Who works on a ticket and where it stands: take, assign, move, delete, restore. */
@Injectable()
export class TicketWork {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly transitions: TicketTransitions,
    private readonly references: TicketReferences,
    private readonly updates: TicketUpdates,
    private readonly formEdits: TicketFormEdits,
    private readonly handOvers: HandOvers,
  ) {}

  /** «Взять»: of several who press it at once exactly one gets the ticket; the others learn who. */
  take(ctx: Ctx, key: string): Promise<TicketCard> {
    const me = employeeOf(ctx);
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.take);
      if (ticket.assigneeId && ticket.assigneeId !== me.id) {
        const { assignee } = await this.tickets.get(ctx, ticket.id);
        throw TicketError.alreadyTaken({ name: assignee?.name ?? '' }, { assignee });
      }
      await this.writer.change(ctx, ticket, { assigneeId: me.id });
      if (ticket.statusCategory === 'new') await this.transitions.tryMove(ctx, ticket, ['in_work']);
      return this.tickets.get(ctx, ticket.id);
    });
  }

  /** Hands the ticket to a person or a team. Handed to another team, it leaves a person who is not of that team. */
  assign(ctx: Ctx, key: string, { assigneeId, teamId, reason }: AssignTicket): Promise<TicketCard> {
    if (assigneeId === undefined && teamId === undefined) throw fieldProblem('/assigneeId', 'tickets.assigneeRequired');
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.assign);
      const refs = { assigneeId, teamId };
      const found = await this.references.find(ctx, {
        assigneeId: assigneeId ?? ticket.assigneeId,
        teamId: teamId ?? ticket.teamId,
      });
      const handOver = await this.handOvers.check(ctx, ticket, refs, reason);
      const problems = [...this.references.problems(refs, found), ...handOver.problems];
      if (problems.length) throw invalid(problems);
      const isLeftBehind = assigneeId === undefined && teamId && teamId !== ticket.teamId && !found.assigneeInTeam;
      const patch = {
        ...(assigneeId !== undefined && { assigneeId }),
        ...(teamId !== undefined && { teamId }),
        ...(isLeftBehind && { assigneeId: null }),
      };
      const refused = await this.formEdits.refusals(ctx, ticket, patch);
      if (refused.length) throw invalid(refused);
      await this.writer.change(ctx, ticket, patch, { reason: handOver.reason });
      return this.getAfter(ctx, ticket.id);
    });
  }

  /** Moves the ticket along its process. */
  transition(ctx: Ctx, key: string, target: TransitionTarget, fields?: UpdateTicket): Promise<TicketCard> {
    return this.withFields(ctx, key, fields, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.transition);
      await this.transitions.move(ctx, ticket, target, { hasComment: false });
      return this.tickets.get(ctx, ticket.id);
    });
  }

  /** Fills in fields first, in the transaction of what follows. */
  withFields<Result>(
    ctx: Ctx,
    key: string,
    fields: UpdateTicket | undefined,
    follow: (ctx: TxCtx) => Promise<Result>,
  ): Promise<Result> {
    return this.db.tx(ctx, async (ctx) => {
      if (fields) {
        const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.update);
        await this.updates.fill(ctx, ticket, fields).catch((error: unknown) => raise(ofFields(error)));
      }
      return follow(ctx);
    });
  }

  /** Puts the ticket into the bin: gone from every list, its number kept. */
  delete(ctx: Ctx, key: string, reason: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.delete);
      await this.writer.change(ctx, ticket, { deletedAt: ctx.now(), deleteReason: reason }, { reason });
      const { actorKind, actorId } = doerOf(ctx);
      await this.events.publish(ctx, TicketDeleted({ ticketId: ticket.id, reason, actorKind, actorId }));
    });
  }

  restore(ctx: Ctx, key: string): Promise<TicketCard> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.restore, { inBin: true });
      if (!ticket.deletedAt) throw TicketError.notDeleted();
      await this.writer.change(ctx, ticket, { deletedAt: null, deleteReason: null });
      const { actorKind, actorId } = doerOf(ctx);
      await this.events.publish(ctx, TicketRestored({ ticketId: ticket.id, actorKind, actorId }));
      return this.tickets.get(ctx, ticket.id);
    });
  }

  /** The card with what stands in the way of each transition. */
  async withBlocked(ctx: Ctx, card: TicketCard): Promise<TicketCard> {
    const transitions = card.transitions.map(({ id, to, requiresComment, guards }) => ({
      id,
      fromId: card.statusId,
      toId: to.id,
      toCategory: to.category,
      requiresComment,
      guards,
    }));
    const blocked = await this.transitions.blockedBy(ctx, card, transitions);
    return {
      ...card,
      transitions: card.transitions.map((transition) => ({
        ...transition,
        blockedBy: blocked.get(transition.id) ?? [],
      })),
    };
  }

  /** Who handed a ticket out of his own reach still gets the answer to his request. */
  private async getAfter(ctx: TxCtx, id: string): Promise<TicketCard> {
    return (await this.tickets.find(ctx, id)) ?? this.tickets.getUnchecked(ctx, id);
  }
}

/** A problem of a field points into the fields sent along. */
function ofFields(error: unknown): Error {
  if (!(error instanceof ProblemError)) throw error;
  const fields = error.fields.map((field) => ({ ...field, pointer: `/fields${field.pointer}` }));
  return new ProblemError(error.code, error.status, error.facts, error.members, fields);
}

function employeeOf({ actor }: Ctx): EmployeeActor {
  if (actor.kind !== 'employee') throw AccessError.denied();
  return actor;
}
