/** Whose move it is and when each side last spoke, with merged tickets and without them. Pure. */
import type { Awaiting } from './ticket.entity';

/** Moments are texts of RFC 3339 in UTC: they compare as they sort. */
export type Standing = {
  awaiting: Awaiting | null;
  lastClientMessageAt: string | null;
  lastStaffReplyAt: string | null;
  publicUpdatedAt: string | null;
};

/** What a merge brings to the survivor. */
export type Brought = { id: string; at: string; isPublic: boolean; fromBefore: Standing; toBefore: Standing };

const FIELDS = ['awaiting', 'lastClientMessageAt', 'lastStaffReplyAt', 'publicUpdatedAt'] as const;

const later = (...moments: (string | null)[]): string | null =>
  moments.reduce((last, moment) => (moment !== null && (last === null || moment > last) ? moment : last), null);

/** The survivor's standing with what was merged into it: a client who waits for us in any of them waits for us in the survivor. */
export function standingWith(own: Standing, brought: readonly Omit<Brought, 'id' | 'toBefore'>[]): Standing {
  const waits = own.awaiting !== null && brought.some(({ fromBefore }) => fromBefore.awaiting === 'us');
  return {
    awaiting: waits ? 'us' : own.awaiting,
    lastClientMessageAt: later(
      own.lastClientMessageAt,
      ...brought.map(({ fromBefore }) => fromBefore.lastClientMessageAt),
    ),
    lastStaffReplyAt: later(own.lastStaffReplyAt, ...brought.map(({ fromBefore }) => fromBefore.lastStaffReplyAt)),
    publicUpdatedAt: later(own.publicUpdatedAt, ...brought.map(({ at, isPublic }) => (isPublic ? at : null))),
  };
}

/**
 * The survivor's standing once a merge is taken back. What somebody has written or changed since is not touched: a field goes back only
 * where it still is what the merges made of it. `base` is what the next standing merge has to remember as the survivor's own.
 */
export function standingWithout(
  current: Standing,
  standing: readonly Brought[],
  undone: string,
): { now: Standing; base: { mergeId: string; toBefore: Standing } | undefined } {
  const [first] = standing;
  if (!first) return { now: current, base: undefined };
  const rest = standing.filter(({ id }) => id !== undone);
  const made = standingWith(first.toBefore, standing);
  const wanted = standingWith(first.toBefore, rest);
  const pick = (from: Standing, to: Standing, is: Standing): Standing =>
    Object.fromEntries(FIELDS.map((field) => [field, is[field] === from[field] ? to[field] : is[field]])) as Standing;
  const [next] = rest;
  const isFirst = first.id === undone;
  return {
    now: pick(made, wanted, current),
    base:
      next && isFirst
        ? { mergeId: next.id, toBefore: pick(standingWith(first.toBefore, [first]), first.toBefore, next.toBefore) }
        : undefined,
  };
}
