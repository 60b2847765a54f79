import { defineErrors } from '@opora/platform/errors';

/** Refusals about clocks and excuses. */
export const SlaRuntimeError = defineErrors('sla', {
  clockNotFound: 404,
  excuseNotFound: 404,
  excuseReasonNotFound: 404,
  notBreached: 409,
  excuseTwice: 409,
  excuseDecided: 409,
  ownExcuse: 403,
  recountRunning: 409,
});
