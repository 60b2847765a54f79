import { Module } from '@nestjs/common';
import { ChecklistsModule } from '@opora/modules/checklists';
import { ClientsModule } from '@opora/modules/clients';
import { FieldsModule } from '@opora/modules/fields';
import { PeopleModule } from '@opora/modules/people';
import { TicketsModule } from '@opora/modules/tickets';
import { ActionReferences } from './action-references.service';
import { BulkEnds } from './bulk-ends.service';
import { BulkPreviews } from './bulk-previews.service';
import { BulkRunsController } from './bulk-runs.controller';
import { BulkRuns } from './bulk-runs.service';
import { BulkSelections } from './bulk-selection.service';
import { BulkSteps } from './bulk-steps.service';
import { BulkWorker } from './bulk-worker.service';
import { CannedAnswersController } from './canned-answers.controller';
import { CannedAnswers } from './canned-answers.service';
import { ConversationActions } from './conversation-actions';
import { FieldActions } from './field-actions';
import { MacroRuns } from './macro-runs.service';
import { MacrosController } from './macros.controller';
import { MacroSeed } from './macros.seed';
import { Macros } from './macros.service';
import { TextValues } from './text-values.service';
import { TicketActionsController } from './ticket-actions.controller';
import { TicketActions } from './ticket-actions.service';
import { TicketTemplatesController } from './ticket-templates.controller';
import { TicketTemplates } from './ticket-templates.service';

const services = [BulkRuns, CannedAnswers, Macros, MacroSeed, TextValues, TicketActions, TicketTemplates];

@Module({
  imports: [PeopleModule, FieldsModule, ClientsModule, TicketsModule, ChecklistsModule],
  controllers: [
    BulkRunsController,
    CannedAnswersController,
    MacrosController,
    TicketActionsController,
    TicketTemplatesController,
  ],
  providers: [
    ...services,
    ActionReferences,
    BulkEnds,
    BulkPreviews,
    BulkSelections,
    BulkSteps,
    BulkWorker,
    ConversationActions,
    FieldActions,
    MacroRuns,
  ],
  exports: services,
})
export class MacrosModule {}
