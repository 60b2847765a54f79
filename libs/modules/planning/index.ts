export { PlannedTickets } from './planned-tickets.service';
export { PlanningPermission } from './planning.access';
export { PlanningModule } from './planning.module';
export { seedPlanning } from './planning.seed';
export { occurrences, type Schedule } from './recurrence';
export { readRecurrence } from './recurrence-rule';
