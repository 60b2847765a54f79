/** Whose every second of a ticket is. Pure. Moments are milliseconds since 1970. */
import { elapsed, type WorkCalendar } from './work-time';
import type { Chapter, StoryState } from './sla-story';
import type { TicketWait } from './ticket-waits.service';

export const OWNERS = ['queue', 'person', 'client', 'approver', 'partner'] as const;
/** Approver: whoever decides in an approval. */
export type OwnerKind = (typeof OWNERS)[number];
export type Owner = { owner: OwnerKind; id: string | null };
export type Share = { seconds: number; workingSeconds: number };

/**
 * Who has the ticket in a state. While somebody decides about it, it is his. What waits for the client, or is done and his to accept or reopen, is the client's; without a person
 * it lies in the queue of its team.
 */
export function ownerOf({ category, assigneeId, teamId, approverId }: StoryState): Owner {
  if (approverId && category !== 'done' && category !== 'closed') return { owner: 'approver', id: approverId };
  if (category === 'waiting_client' || category === 'done' || category === 'closed')
    return { owner: 'client', id: null };
  if (category === 'waiting_partner') return { owner: 'partner', id: null };
  return assigneeId ? { owner: 'person', id: assigneeId } : { owner: 'queue', id: teamId };
}

/** The chapters divided where somebody begins or stops deciding; of several at once the one who was asked first has the ticket. */
export function withWaits(chapters: readonly Chapter[], waits: readonly TicketWait[]): Chapter[] {
  if (!waits.length) return [...chapters];
  const ordered = [...waits].sort((one, other) => one.from - other.from || (one.personId < other.personId ? -1 : 1));
  const marks = [...new Set(waits.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))].sort(
    (a, b) => a - b,
  );
  return chapters.flatMap(({ from, to, state }) => {
    const inside = marks.filter((mark) => mark > from && (to === null || mark < to));
    const starts = [from, ...inside];
    return starts.map((start, index) => {
      const wait = ordered.find((one) => one.from <= start && (one.to === null || one.to > start));
      return { from: start, to: starts[index + 1] ?? to, state: { ...state, approverId: wait?.personId ?? null } };
    });
  });
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
 * The ticket's time divided by a question about its states, in whole seconds. Every second goes to exactly one answer: what the
 * milliseconds leave over goes to the largest rests, so that the shares add up to the total and none is a second off.
 */
export function sharesOf<Key extends string>(
  chapters: readonly Chapter[],
  end: number,
  keyOf: (state: StoryState) => Key,
  calendar: WorkCalendar | null,
): Map<Key, Share> {
  const lengths = new Map<Key, { plain: number; worked: number }>();
  for (const { from, to, state } of chapters) {
    const until = Math.min(to ?? end, end);
    if (until <= from) continue;
    const length = lengths.get(keyOf(state)) ?? { plain: 0, worked: 0 };
    length.plain += until - from;
    length.worked += calendar ? Math.round(elapsed(calendar, from, until) * 1000) : 0;
    lengths.set(keyOf(state), length);
  }
  const parts = [...lengths.values()];
  const plain = wholeSeconds(parts.map((part) => part.plain));
  const worked = wholeSeconds(parts.map((part) => part.worked));
  return new Map(
    [...lengths.keys()].map((key, index) => [
      key,
      { seconds: plain[index]!, workingSeconds: Math.min(worked[index]!, plain[index]!) },
    ]),
  );
}

/** Milliseconds in whole seconds that add up to the whole seconds of the sum. */
function wholeSeconds(parts: readonly number[]): number[] {
  const whole = parts.map((part) => Math.floor(part / 1000));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const left = Math.floor(sum(parts) / 1000) - sum(whole);
  const byRest = parts.map((part, index) => ({ index, rest: part % 1000 })).sort((one, other) => other.rest - one.rest);
  for (const { index } of byRest.slice(0, left)) whole[index]!++;
  return whole;
}

export const totalOf = (chapters: readonly Chapter[], end: number): number =>
  Math.floor(Math.max(0, end - chapters[0]!.from) / 1000);
