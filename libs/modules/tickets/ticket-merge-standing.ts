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
export type Brought = {
  id: string;
  groupId: string;
  at: string;
  isPublic: boolean;
  fromBefore: Standing;
  toBefore: Standing;
};

const FIELDS = ['awaiting', 'lastClientMessageAt', 'lastStaffReplyAt', 'publicUpdatedAt'] as const;

const later = (...moments: (string | null)[]): string | null =>
  moments.reduce((last, moment) => (moment !== null && (last === null || moment > last) ? moment : last), null);

/** The survivor's standing with what was merged into it: a client who waits for us in any of them waits for us in the survivor. */
export function standingWith(
  own: Standing,
  brought: readonly Omit<Brought, 'id' | 'groupId' | 'toBefore'>[],
): Standing {
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
 * where it still is what the merges made of it. `bases` is what later merges have to remember as the survivor's own from now on.
 */
export function standingWithout(
  current: Standing,
  standing: readonly Brought[],
  undone: string,
): { now: Standing; bases: { id: string; toBefore: Standing }[] } {
  const [first] = standing;
  if (!first) return { now: current, bases: [] };
  const without = (merges: readonly Brought[]): Brought[] => merges.filter(({ id }) => id !== undone);
  const takenBack = (merges: readonly Brought[], is: Standing): Standing =>
    pick(standingWith(first.toBefore, merges), standingWith(first.toBefore, without(merges)), is);
  const bases = without(standing).flatMap(({ id, groupId, toBefore }) => {
    const begins = standing.findIndex((merge) => merge.groupId === groupId);
    const earlier = standing.slice(0, begins);
    return earlier.length === without(earlier).length ? [] : [{ id, toBefore: takenBack(earlier, toBefore) }];
  });
  return { now: takenBack(standing, current), bases };
}

/** The fields that are still as they were made go over; the others stay. */
const pick = (made: Standing, wanted: Standing, is: Standing): Standing =>
  Object.fromEntries(FIELDS.map((field) => [field, is[field] === made[field] ? wanted[field] : is[field]])) as Standing;
