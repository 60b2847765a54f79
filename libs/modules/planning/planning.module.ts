import { Module } from '@nestjs/common';
import { ChecklistsModule } from '@opora/modules/checklists';
import { ClientsModule } from '@opora/modules/clients';
import { FieldsModule } from '@opora/modules/fields';
import { SlaModule } from '@opora/modules/sla';
import { TicketsModule } from '@opora/modules/tickets';
import { PlanFilling } from './plan-filling.service';
import { PlanMaking } from './plan-making.service';
import { PlanMoments } from './plan-moments.service';
import { PlanReferences } from './plan-references.service';
import { PlanSchedules } from './plan-schedules.service';
import { PlannedOccurrencesController } from './planned-occurrences.controller';
import { PlannedOccurrences } from './planned-occurrences.service';
import { PlannedTicketsController } from './planned-tickets.controller';
import { PlannedTickets } from './planned-tickets.service';
import { PlanningListener } from './planning.listener';

@Module({
  imports: [FieldsModule, ClientsModule, TicketsModule, ChecklistsModule, SlaModule],
  controllers: [PlannedTicketsController, PlannedOccurrencesController],
  providers: [
    PlanFilling,
    PlanMaking,
    PlanMoments,
    PlannedOccurrences,
    PlannedTickets,
    PlanningListener,
    PlanReferences,
    PlanSchedules,
  ],
  exports: [PlannedTickets],
})
export class PlanningModule {}
