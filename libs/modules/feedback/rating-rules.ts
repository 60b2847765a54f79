import type { EarlierMark, Rating, RatingSource, Score } from './rating.entity';

const DAY_MS = 86_400_000;
export const CHANGE_DAYS = 7;
/** How long after the solution a ticket may be rated for the first time; also the life of the link in the mail. */
export const FIRST_RATING_DAYS = 30;

type TicketFacts = { statusCategory: string; solvedAt: Date | null; closedAt: Date | null };
type PresentMark = (Pick<Rating, 'createdAt'> & Partial<Pick<Rating, 'isAutomatic'>>) | null;

/** Until when a mark may be given or changed; null when it may not be at all. One that a policy set is nobody's mark yet. */
export function rateableUntil(ticket: TicketFacts, rating: PresentMark): Date | null {
  if (rating && !rating.isAutomatic) return new Date(rating.createdAt.getTime() + CHANGE_DAYS * DAY_MS);
  const doneAt = ticket.solvedAt ?? ticket.closedAt;
  const isDone = ticket.statusCategory === 'done' || ticket.statusCategory === 'closed';
  return isDone && doneAt ? new Date(doneAt.getTime() + FIRST_RATING_DAYS * DAY_MS) : null;
}

export type RatingVerdict = 'may' | 'notDone' | 'tooLate';

export function verdict(ticket: TicketFacts, rating: PresentMark, now: Date): RatingVerdict {
  const until = rateableUntil(ticket, rating);
  if (!until) return 'notDone';
  return now <= until ? 'may' : 'tooLate';
}

export type Mark = { score: Score; comment: string | null; source: RatingSource };

/** The marks before the new one, oldest first. The same mark again changes nothing. */
export function earlierMarks(rating: Rating, next: Mark): EarlierMark[] {
  const isSame = rating.score === next.score && rating.comment === next.comment;
  if (isSame) return rating.previous;
  return [
    ...rating.previous,
    { score: rating.score, comment: rating.comment, at: rating.changedAt.toISOString(), source: rating.source },
  ];
}
