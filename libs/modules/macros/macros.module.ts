import { Module } from '@nestjs/common';
import { ChecklistsModule } from '@opora/modules/checklists';
import { ClientsModule } from '@opora/modules/clients';
import { FieldsModule } from '@opora/modules/fields';
import { PeopleModule } from '@opora/modules/people';
import { TicketsModule } from '@opora/modules/tickets';
import { ActionReferences } from './action-references.service';
import { ConversationActions } from './conversation-actions';
import { FieldActions } from './field-actions';
import { TextValues } from './text-values.service';
import { TicketActionsController } from './ticket-actions.controller';
import { TicketActions } from './ticket-actions.service';

@Module({
  imports: [PeopleModule, FieldsModule, ClientsModule, TicketsModule, ChecklistsModule],
  controllers: [TicketActionsController],
  providers: [ActionReferences, ConversationActions, FieldActions, TextValues, TicketActions],
  exports: [TextValues, TicketActions],
})
export class MacrosModule {}
