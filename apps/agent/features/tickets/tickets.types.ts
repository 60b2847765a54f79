import type { Paths, Schemas } from '@opora/client';

export type Named = Schemas['TicketNamed'];
export type TicketRow = Schemas['TicketRowView'];
export type TicketPage = { data: TicketRow[]; page: Schemas['PageInfo'] };
export type TicketView = Schemas['TicketView'];
export type Transition = Schemas['TransitionView'];
export type Observer = Schemas['TicketObserverView'];
export type TicketListView = Schemas['SavedViewView'];
export type SearchAnswer = Schemas['SearchView'];
export type RowColor = Schemas['RowColorView'];

export type CommentView = Schemas['CommentView'];
export type Attachment = Schemas['AttachmentView'];
export type ChangeView = Schemas['TicketChangeView'];
export type Author = Schemas['TicketPersonRef'];
export type Draft = Schemas['DraftView'];
export type DraftInput = Schemas['PutDraft'];
export type NewComment = Schemas['CreateComment'] & { audience: Audience[] };
export type Presence = Schemas['PresenceView'];
export type PresenceState = Schemas['PresenceInput']['state'];

/** Who may read a message. */
export type Audience = CommentView['audience'][number];
/** What a status and a priority need to be drawn. */
export type StatusLook = Pick<Schemas['TicketStatusRef'], 'name' | 'color' | 'category'>;
export type PriorityLook = Pick<Schemas['TicketPriorityRef'], 'code' | 'name' | 'color'>;
export type Sort = NonNullable<NonNullable<Paths['/tickets']['get']['parameters']['query']>['sort']>;
