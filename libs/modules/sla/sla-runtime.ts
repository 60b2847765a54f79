import './ticket-sla.views';
import { SlaClocks } from './sla-clocks.service';
import { SlaListener } from './sla.listener';
import { SlaMoments } from './sla-moments.service';
import { SlaSetup } from './sla-setup.service';

/** What turns policies into clocks: listed apart from the screens where policies are made. */
export const runtimeControllers = [];
export const runtimeProviders = [SlaClocks, SlaListener, SlaMoments, SlaSetup];
