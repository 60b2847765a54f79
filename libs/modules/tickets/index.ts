export { DraftFacts } from './draft-facts.service';
export { FormValues } from './ticket-forms.dto';
export { TicketRerouting } from './ticket-rerouting.service';
export { type RoutingReason } from './ticket-routing-reason';
export { type Placement, type Route, type TicketRouter, TicketRouting } from './ticket-routing.service';
export { TicketsModule } from './tickets.module';
export { Attachments } from './attachments.service';
export { DeadlinePromises } from './deadline-promises.service';
export { Comments, type NewComment, UNDO_SECONDS } from './comments.service';
export { richTextOf, toRichText } from './rich-text';
export { type Recipient, TicketParticipants } from './ticket-participants.service';
export { type FactSource } from './ticket-facts';
export { type AddedFacts, TicketFacts } from './ticket-facts.service';
export { type MergeOf, type MovedRow, TicketMerges } from './ticket-merges.port';
export { TicketNotes } from './ticket-notes.service';
export type { FieldChange } from './ticket-writer.service';
export { TicketWork } from './ticket-work.service';
export { type TicketOrigin, Tickets } from './tickets.service';
export type { TicketCard } from './ticket-card.query';
export {
  type GuardParam,
  type GuardParams,
  type TransitionFacts,
  type TransitionGuard,
  TransitionGuards,
} from './transition-guards';
export { type Audience, AUDIENCES } from './audience';
export { Attachment, Comment, COMMENT_KINDS, type CommentKind, Draft } from './comment.entity';
export { Priority, Process, StatusTransition, TicketStatus } from './process.entity';
export { type PersonKind, Ticket, TICKET_SOURCES, type TicketSource } from './ticket.entity';
export { TicketChange } from './ticket-change.entity';
export { isOpen, OPEN_CATEGORIES, REOPEN_DAYS, STATUS_CATEGORIES, type StatusCategory } from './ticket-status';
export { TicketType } from './ticket-type.entity';
export { defineTicketFacet, type TicketFacet } from './ticket-facets';
export { type AddedKey, defineFilterKey, defineTicketSort } from './ticket-filter-keys';
export type { FilterValue, Operator } from './ticket-filter';
export { TicketFilters } from './ticket-filters.service';
export { type FilterScope, momentCondition, type SortSql } from './ticket-filter-sql';
export { covered, TicketPermission, visibleTo } from './tickets.access';
export { TicketError } from './tickets.errors';
export { CreateTicket, CustomValues, UpdateTicket } from './tickets.dto';
export { FilterTickets } from './ticket-list.dto';
export { TicketList } from './ticket-list.service';
export { PutAside } from './put-aside.service';
export { type ChangeLine, type TicketMoment, TicketReversal } from './ticket-reversal.service';
export * from './tickets.events';
export { ticketTemplateVariables, type TicketTemplateVariables } from './ticket-template-variables';
export { ProcessSeed } from './processes.seed';
export { seedTickets } from './tickets.seed';
