import { defineErrors } from '@opora/platform/errors';

/** Refusals about rules. */
export const RuleError = defineErrors('rules', {
  notFound: 404,
  versionNotFound: 404,
  alarmNotFound: 404,
  firingNotFound: 404,
  stale: 412,
  tooManyRules: 409,
});
