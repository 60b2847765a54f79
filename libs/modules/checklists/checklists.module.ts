import { Module } from '@nestjs/common';
import { TicketsModule } from '@opora/modules/tickets';
import { AutomaticChecklists } from './automatic-checklists.listener';
import { ChecklistGuards } from './checklist-guards';
import { ChecklistItemChecks } from './checklist-item-checks.service';
import { ChecklistItems } from './checklist-items.service';
import { ChecklistMarks } from './checklist-marks.service';
import { ChecklistMerges } from './checklist-merges.service';
import { ChecklistProgress } from './checklist-progress.service';
import { ChecklistSubjects } from './checklist-subjects.service';
import { ChecklistTemplatesController } from './checklist-templates.controller';
import { ChecklistTemplates } from './checklist-templates.service';
import { ChecklistsController } from './checklists.controller';
import { Checklists } from './checklists.service';
import { PortalChecklistsController } from './portal-checklists.controller';
import { defineTicketChecklist } from './ticket-checklist.facet';

// Before the first request, and before the API is described.
defineTicketChecklist();

@Module({
  imports: [TicketsModule],
  controllers: [ChecklistTemplatesController, ChecklistsController, PortalChecklistsController],
  providers: [
    AutomaticChecklists,
    ChecklistGuards,
    ChecklistItemChecks,
    ChecklistItems,
    ChecklistMarks,
    ChecklistMerges,
    ChecklistProgress,
    ChecklistSubjects,
    ChecklistTemplates,
    Checklists,
  ],
  exports: [Checklists, ChecklistTemplates, ChecklistMarks],
})
export class ChecklistsModule {}
