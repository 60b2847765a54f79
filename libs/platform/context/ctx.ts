import type { EntityManager } from 'typeorm';
import { type Actor, SYSTEM } from './actor';
import { Clock } from './clock';

export type Locale = 'ru' | 'en';
export const LOCALES: readonly Locale[] = ['ru', 'en'];

/** Why a change happened; kept with every line of history. */
export type Cause =
  | { kind: 'user' }
  | { kind: 'api_key'; id: string }
  | { kind: 'mail'; id: string }
  | { kind: 'rule'; id: string; name: string }
  | { kind: 'macro'; id: string; name: string }
  | { kind: 'schedule'; id: string; name: string }
  | { kind: 'approval'; id: string; name: string }
  | { kind: 'import'; name: string }
  | { kind: 'partner'; id: string }
  | { kind: 'system'; name: string };

/** An open transaction and what to do once it has committed. */
export type Transaction = { manager: EntityManager; afterCommit: (() => void)[] };

/** Who acts, in which language, at what time, in which transaction. The first argument of every service method. */
export type Ctx = {
  actor: Actor;
  locale: Locale;
  cause: Cause;
  requestId: string;
  /** How many automatic steps lead here; 0 or absent: a person or the outside world did it. Events and jobs carry it on. */
  depth?: number;
  /** The employee whose deed began the chain; undefined in a request: there the actor is. Events carry it on, what waits for its time does not. */
  initiatorId?: string;
  now(): Date;
  tx?: Transaction;
};

export function contextOf(actor: Actor, facts: Partial<Pick<Ctx, 'locale' | 'cause' | 'requestId'>> = {}): Ctx {
  return {
    actor,
    locale: facts.locale ?? actor.locale,
    cause: facts.cause ?? causeOf(actor),
    requestId: facts.requestId ?? '',
    now: () => Clock.now(),
  };
}

/** For jobs, schedules, the CLI: the installation itself acts. */
export const systemContext = (name = 'system', cause?: Cause): Ctx =>
  contextOf(SYSTEM, { cause: cause ?? { kind: 'system', name } });

function causeOf(actor: Actor): Cause {
  if (actor.apiKeyId) return { kind: 'api_key', id: actor.apiKeyId };
  return actor.kind === 'system' ? { kind: 'system', name: actor.name } : { kind: 'user' };
}
