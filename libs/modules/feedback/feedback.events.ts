import { defineEvent } from '@opora/platform/events';
import type { Score } from './rating.entity';

/** A contact has rated a ticket, or changed the mark; `before` is null the first time. */
export const TicketRated = defineEvent<{
  ratingId: string;
  ticketId: string;
  contactId: string;
  score: Score;
  before: Score | null;
}>('ticket.rated');
