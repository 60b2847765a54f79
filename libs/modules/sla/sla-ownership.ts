/** Whose every second of a ticket is. Pure. Moments are milliseconds since 1970. */
import { elapsed, type WorkCalendar } from './work-time';
import type { Chapter, StoryState } from './sla-story';

export const OWNERS = ['queue', 'person', 'client', 'approver', 'partner'] as const;
/** Approver: whoever decides in an approval. */
export type OwnerKind = (typeof OWNERS)[number];
export type Owner = { owner: OwnerKind; id: string | null };
export type Share = { seconds: number; workingSeconds: number };

/**
 * Who has the ticket in a state. What waits for the client, or is done and his to accept or reopen, is the client's; without a person
 * it lies in the queue of its team.
 */
export function ownerOf({ category, assigneeId, teamId }: StoryState): Owner {
  if (category === 'waiting_client' || category === 'done' || category === 'closed')
    return { owner: 'client', id: null };
  if (category === 'waiting_partner') return { owner: 'partner', id: null };
  return assigneeId ? { owner: 'person', id: assigneeId } : { owner: 'queue', id: teamId };
}

/** Where the ticket's life ends: at its closing or in the bin, otherwise it goes on. */
export function endOf(chapters: readonly Chapter[], now: number): number {
  const last = chapters[chapters.length - 1]!;
  const isEnd = ({ state }: Chapter): boolean => state.isGone || state.category === 'closed';
  if (!isEnd(last)) return Math.max(now, last.from);
  let first = chapters.length - 1;
  while (first > 0 && isEnd(chapters[first - 1]!)) first--;
  return chapters[first]!.from;
}

/**
 * The ticket's time divided by a question about its states, in whole seconds. Every second goes to exactly one answer: the lengths are
 * differences of rounded distances from the beginning, so that they add up to the total, whatever the milliseconds.
 */
export function sharesOf<Key extends string>(
  chapters: readonly Chapter[],
  end: number,
  keyOf: (state: StoryState) => Key,
  calendar: WorkCalendar | null,
): Map<Key, Share> {
  const shares = new Map<Key, Share>();
  const start = chapters[0]!.from;
  const plain = (moment: number): number => Math.floor((moment - start) / 1000);
  let workedMs = 0;
  for (const { from, to, state } of chapters) {
    const until = Math.min(to ?? end, end);
    if (until <= from) continue;
    const before = Math.floor(workedMs / 1000);
    workedMs += calendar ? Math.round(elapsed(calendar, from, until) * 1000) : 0;
    const share = shares.get(keyOf(state)) ?? { seconds: 0, workingSeconds: 0 };
    share.seconds += plain(until) - plain(from);
    share.workingSeconds += Math.floor(workedMs / 1000) - before;
    shares.set(keyOf(state), share);
  }
  return shares;
}

export const totalOf = (chapters: readonly Chapter[], end: number): number =>
  Math.floor(Math.max(0, end - chapters[0]!.from) / 1000);
