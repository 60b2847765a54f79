import { Module } from '@nestjs/common';
import { ClientsModule } from '@opora/modules/clients';
import { FieldsModule } from '@opora/modules/fields';
import { PeopleModule } from '@opora/modules/people';
import { AttachmentFiles } from './attachment-files.service';
import { Attachments } from './attachments.service';
import { CoExecutors } from './co-executors.service';
import { CommentUndo } from './comment-undo.service';
import { CommentsController } from './comments.controller';
import { Comments } from './comments.service';
import { DeadlinePromises } from './deadline-promises.service';
import { DraftFacts } from './draft-facts.service';
import { Drafts } from './drafts.service';
import { HandOvers } from './hand-overs.service';
import { LeftTicketsListener } from './left-tickets.listener';
import { PortalTicketsController } from './portal-tickets.controller';
import { PortalTickets } from './portal-tickets.service';
import { PriorityMatrixController } from './priority-matrix.controller';
import { PriorityMatrices } from './priority-matrix.service';
import { ProcessBindingsController } from './process-bindings.controller';
import { ProcessBindings } from './process-bindings.service';
import { ProcessDefinitions } from './process-definitions.service';
import { ProcessDraftsController } from './process-drafts.controller';
import { ProcessDrafts } from './process-drafts.service';
import { ProcessPublishing } from './process-publishing.service';
import { ProcessesController } from './processes.controller';
import { ProcessSeed } from './processes.seed';
import { Processes } from './processes.service';
import { PutAsideController } from './put-aside.controller';
import { PutAside } from './put-aside.service';
import { SearchController } from './search.controller';
import { StatusConflicts } from './status-conflicts.service';
import { TicketFamily } from './ticket-family.service';
import { defineOwnFilterKeys } from './ticket-filter-own';
import { TicketFacts } from './ticket-facts.service';
import { TicketFields } from './ticket-fields.service';
import { TicketFilters } from './ticket-filters.service';
import { TicketFormEdits } from './ticket-form-edits.service';
import { TicketFormGuard } from './ticket-form-guard';
import { TicketFormsController } from './ticket-forms.controller';
import { TicketForms } from './ticket-forms.service';
import { TicketGrants } from './ticket-grants.service';
import { TicketHistory } from './ticket-history.service';
import { TicketListController } from './ticket-list.controller';
import { TicketList } from './ticket-list.service';
import { TicketRowNames } from './ticket-row-names.service';
import { TicketBoardController } from './ticket-board.controller';
import { TicketBoard } from './ticket-board.service';
import { TicketCalendar } from './ticket-calendar.service';
import { TicketDuplicates } from './ticket-duplicates.service';
import { TicketLinks } from './ticket-links.service';
import { TicketMergeController } from './ticket-merge.controller';
import { defineTicketMerges } from './ticket-merge.facet';
import { TicketMerging } from './ticket-merge.service';
import { TicketMergeDrafts } from './ticket-merge-drafts.service';
import { TicketMergeFamily } from './ticket-merge-family.service';
import { TicketMergeList } from './ticket-merge-list.service';
import { TicketMergeRows } from './ticket-merge-rows.service';
import { TicketMerges } from './ticket-merges.port';
import { TicketSplits } from './ticket-split.service';
import { TicketUnmerging } from './ticket-unmerge.service';
import { TicketNotes } from './ticket-notes.service';
import { TicketParticipants } from './ticket-participants.service';
import { TicketPeopleController } from './ticket-people.controller';
import { TicketReading } from './ticket-reading.service';
import { TicketReferences } from './ticket-references.service';
import { TicketReversal } from './ticket-reversal.service';
import { TicketRerouting } from './ticket-rerouting.service';
import { TicketRouting } from './ticket-routing.service';
import { TicketSearchIndex } from './ticket-search-index.service';
import { TicketSearchListener } from './ticket-search.listener';
import { TicketSearch } from './ticket-search.service';
import { TicketTimeline } from './ticket-timeline.service';
import { TicketTransitions } from './ticket-transitions.service';
import { TicketTypeChange } from './ticket-type-change.service';
import { TicketTypesController } from './ticket-types.controller';
import { TicketTypes } from './ticket-types.service';
import { TicketUpdates } from './ticket-updates.service';
import { TicketVerdicts } from './ticket-verdicts.service';
import { TicketViewsController } from './ticket-views.controller';
import { TicketViews } from './ticket-views.service';
import { TicketWork } from './ticket-work.service';
import { TicketWriter } from './ticket-writer.service';
import { TicketsController } from './tickets.controller';
import { Tickets } from './tickets.service';
import { TransitionGuardsController } from './transition-guards.controller';
import { TransitionGuards } from './transition-guards';

const services = [
  Attachments,
  Comments,
  DeadlinePromises,
  ProcessSeed,
  PutAside,
  TicketFacts,
  TicketFilters,
  TicketMerges,
  TicketList,
  TicketRowNames,
  TicketNotes,
  TicketParticipants,
  DraftFacts,
  TicketRerouting,
  TicketRouting,
  TicketReversal,
  Tickets,
  TicketWork,
  TransitionGuards,
];

// Before the API is described.
defineTicketMerges();

@Module({
  imports: [PeopleModule, FieldsModule, ClientsModule],
  // The list comes before `tickets/:id`.
  controllers: [
    TicketListController,
    TicketBoardController,
    TicketMergeController,
    CommentsController,
    PortalTicketsController,
    PriorityMatrixController,
    ProcessBindingsController,
    PutAsideController,
    ProcessDraftsController,
    ProcessesController,
    SearchController,
    TicketFormsController,
    TicketPeopleController,
    TicketTypesController,
    TicketViewsController,
    TicketsController,
    TransitionGuardsController,
  ],
  providers: [
    ...services,
    AttachmentFiles,
    CoExecutors,
    CommentUndo,
    Drafts,
    HandOvers,
    LeftTicketsListener,
    PortalTickets,
    PriorityMatrices,
    ProcessBindings,
    ProcessDefinitions,
    ProcessDrafts,
    ProcessPublishing,
    Processes,
    StatusConflicts,
    TicketFields,
    TicketFormEdits,
    TicketFormGuard,
    TicketForms,
    TicketFamily,
    TicketGrants,
    TicketHistory,
    TicketBoard,
    TicketCalendar,
    TicketDuplicates,
    TicketLinks,
    TicketMergeDrafts,
    TicketMergeFamily,
    TicketMergeList,
    TicketMergeRows,
    TicketMerging,
    TicketSplits,
    TicketUnmerging,
    TicketReading,
    TicketReferences,
    TicketSearch,
    TicketSearchIndex,
    TicketSearchListener,
    TicketTimeline,
    TicketTransitions,
    TicketTypeChange,
    TicketTypes,
    TicketUpdates,
    TicketVerdicts,
    TicketViews,
    TicketWriter,
  ],
  exports: services,
})
export class TicketsModule {
  constructor() {
    defineOwnFilterKeys();
  }
}
