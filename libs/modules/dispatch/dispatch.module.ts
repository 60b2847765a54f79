import { ClientsModule } from '@opora/modules/clients';
import { FieldsModule } from '@opora/modules/fields';
import { PeopleModule } from '@opora/modules/people';
import { SlaModule } from '@opora/modules/sla';
import { TicketsModule } from '@opora/modules/tickets';
import { Module } from '@nestjs/common';
import { Assignments } from './assignments.service';
import { BoardController } from './board.controller';
import { Board } from './board.service';
import { DispatchFacts } from './dispatch-facts.service';
import { EngineersController } from './engineers.controller';
import { Engineers } from './engineers.service';
import { SkillsController } from './skills.controller';
import { Skills } from './skills.service';
import { Suggestions } from './suggestions.service';
import { WorkDays } from './work-days.service';
import { ZonesController } from './zones.controller';
import { Zones } from './zones.service';

@Module({
  imports: [PeopleModule, FieldsModule, ClientsModule, TicketsModule, SlaModule],
  controllers: [BoardController, EngineersController, SkillsController, ZonesController],
  providers: [Assignments, Board, DispatchFacts, Engineers, Skills, Suggestions, WorkDays, Zones],
  exports: [Assignments, Engineers, Skills, Suggestions, Zones],
})
export class DispatchModule {}
