import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { StatusTransition } from './process.entity';
import type { Ticket } from './ticket.entity';

export type TransitionFacts = Pick<StatusTransition, 'id' | 'fromId' | 'toId' | 'requiresComment'> & {
  toCategory: Ticket['statusCategory'];
  /** A comment is sent together with the transition. Undefined when only the button is being drawn. */
  hasComment?: boolean;
};

/** A condition of a status change. The module above registers it: the arrow still points down. */
export type TransitionGuard = {
  name: string;
  /** What must be done first, in the actor's language; null when nothing. */
  check(ctx: Ctx, ticket: Ticket, transition: TransitionFacts): Promise<string | null> | string | null;
};

export type Unmet = { guard: string; message: string };

const commentGuard: TransitionGuard = {
  name: 'comment',
  check: (ctx, _ticket, { requiresComment, hasComment }) =>
    requiresComment && hasComment === false && ctx.actor.kind === 'employee' ? t(ctx, 'tickets.guard.comment') : null,
};

@Injectable()
export class TransitionGuards {
  private readonly guards: TransitionGuard[] = [commentGuard];

  /** Adds a condition to every status change of every ticket. */
  register(guard: TransitionGuard): void {
    this.guards.push(guard);
  }

  /** Everything that stands in the way, at once. */
  async unmet(ctx: Ctx, ticket: Ticket, transition: TransitionFacts): Promise<Unmet[]> {
    const unmet: Unmet[] = [];
    for (const { name, check } of this.guards) {
      const message = await check(ctx, ticket, transition);
      if (message) unmet.push({ guard: name, message });
    }
    return unmet;
  }
}
