import { defineErrors } from '@opora/platform/errors';

/** Refusals about calendars, production calendars and policies. */
export const SlaRuleError = defineErrors('sla', {
  calendarNotFound: 404,
  policyNotFound: 404,
  objectNotFound: 404,
  stale: 412,
  calendarCodeTaken: 409,
  calendarInUse: 409,
  tooManyPolicies: 409,
});
