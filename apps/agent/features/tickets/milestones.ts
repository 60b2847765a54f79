import type { Schemas } from '@opora/client';
import type { Item } from './conversation.types';
import type { ChangeView, TicketView } from './tickets.types';

export type MilestoneKind =
  | 'created'
  | 'taken'
  | 'assigned'
  | 'handover'
  | 'status'
  | 'solved'
  | 'closed'
  | 'aside'
  | 'back'
  | 'arrived'
  | 'checklist'
  | 'checklistDone'
  | 'deleted'
  | 'restored'
  | 'rated';

/** One step of a ticket's life. */
export type Milestone = {
  key: string;
  kind: MilestoneKind;
  at: string;
  /** Who did it. */
  who: string;
  /** What its words name: a status, a team, a person, a moment. */
  name: string;
  /** The line of the conversation it stands at; null is the beginning. */
  itemId: string | null;
};

type Rating = Pick<Schemas['RatingView'], 'id' | 'score' | 'createdAt' | 'contact'>;
type Facts = Pick<TicketView, 'solvedAt' | 'closedAt' | 'checklist'>;

/** What happened to a ticket, out of its conversation and the marks of contacts, in the order of time. */
export function toMilestones(items: Item[], ticket: Facts, ratings: readonly Rating[] = []): Milestone[] {
  const lastTick = items.findLast((item) => item.kind === 'change' && item.change.field === 'checklists')?.id;
  const steps = items.flatMap((item): Milestone[] => {
    if (item.kind !== 'change') return [];
    const step = stepOf(item.change, ticket, item.id === lastTick);
    return step ? [{ ...step, key: item.id, at: item.at, who: item.change.actor.name, itemId: item.id }] : [];
  });
  const rated = ratings.map(({ id, score, createdAt, contact }): Milestone => {
    const itemId = items.findLast(({ at }) => at <= createdAt)?.id ?? null;
    return { key: id, kind: 'rated', at: createdAt, who: contact.name, name: score, itemId };
  });
  return [...steps, ...rated].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

type Step = Pick<Milestone, 'kind' | 'name'>;

function stepOf(change: ChangeView, ticket: Facts, isLastTick: boolean): Step | null {
  const { before, after, actor, at } = change;
  const name = change.afterLabel ?? (typeof after === 'string' ? after : '');
  switch (change.field) {
    case 'created':
      return { kind: 'created', name: '' };
    case 'assigneeId':
      return after ? { kind: actor.id === after ? 'taken' : 'assigned', name } : null;
    case 'teamId':
      return before && after ? { kind: 'handover', name } : null;
    case 'statusId':
      return { kind: at === ticket.closedAt ? 'closed' : at === ticket.solvedAt ? 'solved' : 'status', name };
    case 'putAsideUntil':
      return after ? { kind: 'aside', name } : { kind: 'back', name: '' };
    case 'arrivedAt':
      return after ? { kind: 'arrived', name: '' } : null;
    case 'deletedAt':
      return { kind: after ? 'deleted' : 'restored', name: '' };
    case 'checklists':
      return isLastTick ? ticks(ticket.checklist) : null;
    default:
      return null;
  }
}

/** Ticks are many: one milestone tells how far the checklists are. */
function ticks(progress: Facts['checklist']): Step | null {
  if (!progress?.done) return null;
  const name = `${progress.done}/${progress.total}`;
  return { kind: progress.done === progress.total ? 'checklistDone' : 'checklist', name };
}

/** How many files a conversation has, and how many of them are pictures. */
export function countFiles(items: Item[]): { files: number; photos: number } {
  const all = items.flatMap((item) =>
    item.kind === 'file'
      ? [item.file]
      : item.kind === 'comment'
        ? item.comment.files.filter(({ isInline }) => !isInline)
        : [],
  );
  const photos = all.filter(({ mime }) => mime.startsWith('image/')).length;
  return { files: all.length - photos, photos };
}
