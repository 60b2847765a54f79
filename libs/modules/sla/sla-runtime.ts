import './ticket-sla.views';
import { SlaClocks } from './sla-clocks.service';
import { SlaExcusesController } from './sla-excuses.controller';
import { SlaExcuses } from './sla-excuses.service';
import { SlaReportController } from './sla-report.controller';
import { SlaReports } from './sla-report.service';
import { SlaChanges } from './sla-changes';
import { SlaCommands } from './sla.command';
import { SlaImpact } from './sla-impact.service';
import { SlaRecountsController } from './sla-recounts.controller';
import { SlaRecounts } from './sla-recounts.service';
import { SlaListener } from './sla.listener';
import { SlaMatching } from './sla-matching.service';
import { SlaMoments } from './sla-moments.service';
import { SlaSetup } from './sla-setup.service';
import { TicketSlaController } from './ticket-sla.controller';
import { TicketSlas } from './ticket-sla.service';
import { TicketWaits } from './ticket-waits.service';

/** What turns policies into clocks: listed apart from the screens where policies are made. */
export const runtimeControllers = [
  SlaExcusesController,
  SlaRecountsController,
  SlaReportController,
  TicketSlaController,
];
export const runtimeProviders = [
  SlaChanges,
  SlaClocks,
  SlaCommands,
  SlaImpact,
  SlaRecounts,
  SlaExcuses,
  SlaReports,
  SlaListener,
  SlaMatching,
  SlaMoments,
  SlaSetup,
  TicketSlas,
  TicketWaits,
];
