import { defineEvent } from '@opora/platform/events';
import type { Audience } from './audience';
import type { CommentKind } from './comment.entity';
import type { PersonKind, TicketSource } from './ticket.entity';
import type { StatusCategory } from './ticket-status';

/** Who caused the fact: listeners must not tell a person about his own deed. */
export type Doer = { actorKind: PersonKind; actorId: string | null };

/** A client, an agent or a channel has registered a ticket. */
export const TicketCreated = defineEvent<
  Doer & { ticketId: string; companyId: string | null; contactId: string | null; source: TicketSource }
>('ticket.created');

/** Fields of a ticket have changed; `fields` names them. Published for every change, beside the narrower events. */
export const TicketChanged = defineEvent<Doer & { ticketId: string; fields: string[]; version: number }>(
  'ticket.changed',
);

/** The responsible person or team has changed. */
export const TicketAssigned = defineEvent<
  Doer & {
    ticketId: string;
    from: string | null;
    to: string | null;
    teamFrom: string | null;
    teamTo: string | null;
    reason?: string;
  }
>('ticket.assigned');

/** The ticket has moved to another status. */
export const TicketStatusChanged = defineEvent<
  Doer & { ticketId: string; from: string; to: string; fromCategory: StatusCategory; toCategory: StatusCategory }
>('ticket.statusChanged');

/** A ticket was put aside until a moment. */
export const TicketPutAside = defineEvent<Doer & { ticketId: string; until: string; returnStatusId: string | null }>(
  'ticket.putAside',
);

/** A ticket is back: its moment came, somebody fetched it, or the client wrote. */
export const TicketResumed = defineEvent<
  Doer & { ticketId: string; why: 'time' | 'person' | 'client'; statusId: string; assigneeId: string | null }
>('ticket.resumed');

/** A comment was added. What goes to the client waits until `visibleAt`: until then its author may take it back. */
export const TicketCommented = defineEvent<{
  ticketId: string;
  commentId: string;
  audience: Audience[];
  authorKind: PersonKind;
  authorId: string | null;
  kind: CommentKind;
  source: TicketSource;
  visibleAt: string;
}>('ticket.commented');

/** The author took a comment back before anybody outside saw it. */
export const CommentUndone = defineEvent<{ ticketId: string; commentId: string }>('ticket.commentUndone');

/** A ticket was put into the bin, or taken out of it. */
export const TicketDeleted = defineEvent<Doer & { ticketId: string; reason: string }>('ticket.deleted');
export const TicketRestored = defineEvent<Doer & { ticketId: string }>('ticket.restored');
