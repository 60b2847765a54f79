export { SlaModule } from './sla.module';
export { type SlaMomentFact, SlaBreached, SlaWarned } from './sla.events';
export { ObjectCalendars } from './object-calendars.service';
export { SlaClocks } from './sla-clocks.service';
export { SlaPolicies } from './sla-policies.service';
export { bindDemoTickets, seedSla } from './sla.seed';
export { WorkCalendars } from './work-calendars.service';
