import { Module } from '@nestjs/common';
import { TicketsModule } from '@opora/modules/tickets';
import { defineTicketTime } from './ticket-time.facet';
import { TicketTimes } from './ticket-times.service';
import { TimeEntriesController } from './time-entries.controller';
import { TimeEntries } from './time-entries.service';
import { TimeMerges } from './time-merges.service';
import { TimePeople } from './time-people.service';
import { TimeSettingsController } from './time-settings.controller';
import { TimeRules } from './time-settings.service';
import { TimeTimerController } from './time-timer.controller';
import { TimeTimers } from './time-timers.service';
import { WorklogGuard } from './worklog-guard';

// Before the first request, and before the API is described.
defineTicketTime();

@Module({
  imports: [TicketsModule],
  controllers: [TimeEntriesController, TimeSettingsController, TimeTimerController],
  providers: [TicketTimes, TimeEntries, TimeMerges, TimePeople, TimeRules, TimeTimers, WorklogGuard],
  exports: [TimeEntries],
})
export class BillingModule {}
