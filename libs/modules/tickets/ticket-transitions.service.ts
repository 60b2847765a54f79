import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { type SeenStatus, StatusConflicts } from './status-conflicts.service';
import { openTransitions } from './ticket-card.query';
import { entering, isOpen, type StatusCategory } from './ticket-status';
import type { Ticket } from './ticket.entity';
import { TicketWriter } from './ticket-writer.service';
import { TicketError } from './tickets.errors';
import { type TransitionFacts, TransitionGuards, type Unmet } from './transition-guards';

/** Where to: a transition of the process, or the status it should lead to. */
export type TransitionTarget = SeenStatus & { transitionId?: string; statusId?: string };
type OpenTransition = TransitionFacts & { availableForClient: boolean };

/** Moves tickets along their process. */
@Injectable()
export class TicketTransitions {
  constructor(
    private readonly db: Db,
    private readonly writer: TicketWriter,
    private readonly guards: TransitionGuards,
    private readonly conflicts: StatusConflicts,
  ) {}

  /** Moves the locked ticket; refuses with every unmet condition at once. */
  async move(
    ctx: TxCtx,
    ticket: Ticket,
    target: TransitionTarget,
    { hasComment }: { hasComment: boolean },
  ): Promise<void> {
    if (!target.transitionId && !target.statusId) throw fieldProblem('/transitionId', 'tickets.transitionRequired');
    const { transitionId, statusId } = {
      transitionId: target.transitionId?.toLowerCase(),
      statusId: target.statusId?.toLowerCase(),
    };
    await this.conflicts.check(ctx, ticket, target, transitionId && (await this.fromOf(ctx, transitionId)));
    const open = await this.open(ctx, ticket);
    const transition = open.find(
      ({ id, toId }) => (transitionId ? id === transitionId : true) && (statusId ? toId === statusId : true),
    );
    if (!transition) await this.conflicts.checkThere(ctx, ticket, statusId);
    const unmet = transition ? await this.guards.unmet(ctx, ticket, { ...transition, hasComment }) : [];
    if (!transition || unmet.length) throw this.refusal(ctx, unmet);
    await this.enter(ctx, ticket, transition.toId, transition.toCategory);
  }

  /** Moves the locked ticket along a transition into one of the categories, if there is one nothing stands in the way of. */
  async tryMove(
    ctx: TxCtx,
    ticket: Ticket,
    categories: readonly StatusCategory[],
    { reason }: { reason?: string } = {},
  ): Promise<boolean> {
    const open = await this.open(ctx, ticket);
    for (const category of categories) {
      for (const transition of open.filter(({ toCategory }) => toCategory === category)) {
        if ((await this.guards.unmet(ctx, ticket, { ...transition, hasComment: false })).length) continue;
        await this.enter(ctx, ticket, transition.toId, transition.toCategory, reason);
        return true;
      }
    }
    return false;
  }

  /** Moves the ticket along a client's transition into one of the categories; refuses with everything that stands in the way. */
  async moveInto(ctx: TxCtx, ticket: Ticket, categories: readonly StatusCategory[]): Promise<void> {
    const open = (await this.open(ctx, ticket)).filter(({ availableForClient }) => availableForClient);
    const ways = categories.flatMap((category) => open.filter(({ toCategory }) => toCategory === category));
    const refusals: Unmet[] = [];
    for (const transition of ways) {
      const unmet = await this.guards.unmet(ctx, ticket, { ...transition, hasComment: false });
      if (!unmet.length) return this.enter(ctx, ticket, transition.toId, transition.toCategory);
      refusals.push(...unmet.filter(({ message }) => !refusals.some((told) => told.message === message)));
    }
    throw this.refusal(ctx, refusals);
  }

  /** A client's message moves the ticket back to work whatever the transitions say: to the process's first status of that category. */
  async resume(ctx: TxCtx, ticket: Ticket): Promise<boolean> {
    const [status] = await this.db.query<{ id: string; category: StatusCategory }>(
      ctx,
      `SELECT s.id, s.category FROM ticket_status s
       LEFT JOIN status_transition tr ON tr."fromId" = $1 AND tr."toId" = s.id AND $2::uuid = ANY(tr."processIds")
       WHERE s.category = 'in_work' AND $2::uuid = ANY(s."processIds") ORDER BY tr.id IS NULL, s.position LIMIT 1`,
      [ticket.statusId, ticket.processId],
    );
    if (!status) return false;
    await this.enter(ctx, ticket, status.id, status.category);
    return true;
  }

  /** Puts the ticket back into a status it had, when the comment that moved it is taken back. */
  async back(ctx: TxCtx, ticket: Ticket, statusId: string): Promise<void> {
    const [status] = await this.db.query<{ category: StatusCategory }>(
      ctx,
      'SELECT category FROM ticket_status WHERE id = $1',
      [statusId],
    );
    if (status) await this.enter(ctx, ticket, statusId, status.category);
  }

  /** What stands in the way of each transition: for the buttons. */
  async blockedBy(ctx: Ctx, ticket: Ticket, transitions: readonly TransitionFacts[]): Promise<Map<string, string[]>> {
    const blocked = new Map<string, string[]>();
    for (const transition of transitions)
      blocked.set(
        transition.id,
        (await this.guards.unmet(ctx, ticket, transition)).map(({ message }) => message),
      );
    return blocked;
  }

  private async enter(
    ctx: TxCtx,
    ticket: Ticket,
    statusId: string,
    statusCategory: StatusCategory,
    reason?: string,
  ): Promise<void> {
    // What is over need not come back.
    const aside =
      ticket.putAsideUntil && !isOpen(statusCategory) ? { putAsideUntil: null, putAsideReturnStatusId: null } : {};
    const patch = { statusId, statusCategory, ...entering(statusCategory, ctx.now(), ticket), ...aside };
    await this.writer.change(ctx, ticket, patch, { reason });
  }

  private refusal(ctx: Ctx, unmet: Unmet[]): Error {
    const told = unmet.length ? unmet : [{ guard: 'process', message: t(ctx, 'tickets.guard.process') }];
    return TicketError.transitionRefused({}, { unmet: told });
  }

  private async fromOf(ctx: Ctx, id: string): Promise<string | undefined> {
    const rows = await this.db.query<{ fromId: string }>(ctx, 'SELECT "fromId" FROM status_transition WHERE id = $1', [
      id,
    ]);
    return rows[0]?.fromId;
  }

  private open(ctx: Ctx, ticket: Ticket): Promise<OpenTransition[]> {
    const params = new SqlParams();
    const from = `(SELECT ${params.add(ticket.statusId)}::uuid AS "statusId", ${params.add(ticket.typeId)}::uuid AS "typeId", ${params.add(ticket.processId)}::uuid AS "processId")`;
    return this.db.prepared<OpenTransition>(
      ctx,
      `SELECT tr.id, tr."fromId", tr."toId", tr."requiresComment", tr."availableForClient", tr.guards, s.category AS "toCategory"
       FROM ${from} t, status_transition tr JOIN ticket_status s ON s.id = tr."toId"
       WHERE ${openTransitions(ctx.actor, params)} ORDER BY tr.position, tr.id`,
      params.values,
    );
  }
}
