import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { StatusTransition } from './process.entity';
import type { Ticket } from './ticket.entity';

export type TransitionFacts = Pick<StatusTransition, 'id' | 'fromId' | 'toId' | 'requiresComment' | 'guards'> & {
  toCategory: Ticket['statusCategory'];
  /** A comment is sent together with the transition. Undefined when only the button is being drawn. */
  hasComment?: boolean;
};

export const GUARD_PARAM_TYPES = ['minutes', 'number', 'boolean', 'choice'] as const;
/** One setting of a guard in the process editor. A choice's options are codes with their texts. */
export type GuardParam = {
  name: string;
  type: (typeof GUARD_PARAM_TYPES)[number];
  label(ctx: Ctx): string;
  min?: number;
  max?: number;
  default?: GuardValue;
  options?(ctx: Ctx): { value: string; label: string }[];
};
export type GuardValue = number | boolean | string;
export type GuardParams = Record<string, GuardValue>;
/** A guard as a transition of a process lists it. */
export type GuardRef = { name: string; params: GuardParams };

/**
 * A condition of a status change. The module above registers it: the arrow still points down. With `params` or `isOptional` it holds
 * where a transition of the process lists it; otherwise always.
 */
export type TransitionGuard = {
  name: string;
  /** What the process editor calls it; needed where transitions list it. */
  label?(ctx: Ctx): string;
  params?: readonly GuardParam[];
  isOptional?: boolean;
  /** What must be done first, in the actor's language; null when nothing. What `params` leaves out comes with its default. */
  check(
    ctx: Ctx,
    ticket: Ticket,
    transition: TransitionFacts,
    params: GuardParams,
  ): Promise<string | null> | string | null;
};

export type Unmet = { guard: string; message: string };
export type GuardProblem = 'unknown_guard' | 'guard_params';

const commentGuard: TransitionGuard = {
  name: 'comment',
  check: (ctx, _ticket, { requiresComment, hasComment }) =>
    requiresComment && hasComment === false && ctx.actor.kind === 'employee' ? t(ctx, 'tickets.guard.comment') : null,
};

/** Guards that hold only where a transition lists them. */
const isListed = ({ params, isOptional }: TransitionGuard): boolean => !!params || !!isOptional;

@Injectable()
export class TransitionGuards {
  private readonly guards: TransitionGuard[] = [commentGuard];

  /** Adds a condition of status changes. */
  register(guard: TransitionGuard): void {
    this.guards.push(guard);
  }

  /** What a process editor may put on a transition. */
  offered(): TransitionGuard[] {
    return this.guards.filter(isListed);
  }

  /** Everything that stands in the way, at once and each thing said once. */
  async unmet(ctx: Ctx, ticket: Ticket, transition: TransitionFacts): Promise<Unmet[]> {
    const unmet: Unmet[] = [];
    for (const guard of this.guards) {
      const listed = transition.guards.filter(({ name }) => name === guard.name).map(({ params }) => params);
      for (const params of isListed(guard) ? listed : [{}]) {
        const message = await guard.check(ctx, ticket, transition, { ...defaultsOf(guard), ...params });
        const isSaid = unmet.some((told) => told.guard === guard.name && told.message === message);
        if (message && !isSaid) unmet.push({ guard: guard.name, message });
      }
    }
    return unmet;
  }

  /** What is wrong with a guard as a transition would list it; undefined when nothing. */
  problem(ctx: Ctx, { name, params }: GuardRef): GuardProblem | undefined {
    const guard = this.offered().find((known) => known.name === name);
    if (!guard) return 'unknown_guard';
    const known = guard.params ?? [];
    const isStrange = Object.keys(params).some((given) => !known.some((param) => param.name === given));
    return isStrange || known.some((param) => !fits(ctx, param, params[param.name] ?? param.default))
      ? 'guard_params'
      : undefined;
  }
}

const defaultsOf = ({ params = [] }: TransitionGuard): GuardParams =>
  Object.fromEntries(
    params.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value] as const])),
  );

function fits(ctx: Ctx, { type, min, max, options }: GuardParam, value: GuardValue | undefined): boolean {
  if (type === 'boolean') return value === undefined || typeof value === 'boolean';
  if (type === 'choice') return value === undefined || !!options?.(ctx).some((option) => option.value === value);
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (type !== 'minutes' || Number.isInteger(value)) &&
    value >= (min ?? 0) &&
    value <= (max ?? 1_000_000)
  );
}
