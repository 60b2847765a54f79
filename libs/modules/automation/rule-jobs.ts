import { defineJob } from '@opora/platform/events';

/** A rule of time is to look at a ticket. `eventId` is the same however often it is told. */
export const RuleDue = defineJob<{ ruleId: string; ticketId: string; eventId: string; baseAt: string | null }>(
  'automation.ruleDue',
);
/** A schedule's time has come: its tickets are to be found, from the one after `after`. */
export const RunRuleSchedule = defineJob<{ ruleId: string; at: string; after: string | null }>(
  'automation.runSchedule',
);
/** Moments of a new rule of time are to be worked out, from the ticket after `after`. */
export const ArmRule = defineJob<{ ruleId: string; after: string | null }>('automation.armRule');
