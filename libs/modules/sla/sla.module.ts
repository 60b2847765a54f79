import { ClientsModule } from '@opora/modules/clients';
import { FieldsModule } from '@opora/modules/fields';
import { PeopleModule } from '@opora/modules/people';
import { DeadlinePromises, TicketsModule } from '@opora/modules/tickets';
import { Module, type OnModuleInit } from '@nestjs/common';
import { CompiledCalendars } from './compiled-calendars.service';
import { HolidayCommands } from './holidays.command';
import { HolidaysController } from './holidays.controller';
import { Holidays } from './holidays.service';
import { ObjectCalendarsController } from './object-calendars.controller';
import { ObjectCalendars } from './object-calendars.service';
import { SlaClocks } from './sla-clocks.service';
import { SlaPoliciesController } from './sla-policies.controller';
import { SlaPolicies } from './sla-policies.service';
import { PolicyReferences } from './sla-policy-references.service';
import { SlaPreviewController } from './sla-preview.controller';
import { SlaPreview } from './sla-preview.service';
import { SlaPermission } from './sla.access';
import { runtimeControllers, runtimeProviders } from './sla-runtime';
import { TicketWaits } from './ticket-waits.service';
import { WorkCalendarsController } from './work-calendars.controller';
import { WorkCalendars } from './work-calendars.service';

@Module({
  imports: [PeopleModule, FieldsModule, ClientsModule, TicketsModule],
  controllers: [
    ...runtimeControllers,
    HolidaysController,
    ObjectCalendarsController,
    SlaPoliciesController,
    SlaPreviewController,
    WorkCalendarsController,
  ],
  providers: [
    ...runtimeProviders,
    CompiledCalendars,
    HolidayCommands,
    Holidays,
    ObjectCalendars,
    PolicyReferences,
    SlaPolicies,
    SlaPreview,
    WorkCalendars,
  ],
  exports: [CompiledCalendars, ObjectCalendars, SlaClocks, SlaPolicies, TicketWaits, WorkCalendars],
})
export class SlaModule implements OnModuleInit {
  constructor(private readonly promises: DeadlinePromises) {}

  onModuleInit(): void {
    this.promises.guardBy(SlaPermission.set_deadline);
  }
}
