export { BillingModule } from './billing.module';
export { BillingPermission } from './billing.access';
export { seedWorklogs } from './billing.seed';
export { formatSpent, isSpent, parseSpent, type Spent } from './spent-time';
export { TimeEntries } from './time-entries.service';
export { TimeEntry } from './time-entry.entity';
