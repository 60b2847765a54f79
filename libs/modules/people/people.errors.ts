import { defineErrors } from '@opora/platform/errors';

/** Refusals about employees, teams and roles. */
export const PeopleError = defineErrors('people', {
  employeeNotFound: 404,
  teamNotFound: 404,
  roleNotFound: 404,
  apiKeyNotFound: 404,
  emailTaken: 409,
  cannotGrant: 403,
  cannotManage: 403,
  lastAdmin: 409,
  roleInUse: 409,
  presetRole: 409,
  absenceNotFound: 404,
  absenceStale: 412,
});

/** Refusals about signing in. */
export const AuthError = defineErrors('auth', {
  invalid: 401,
  totpRequired: 401,
  totpInvalid: 401,
  tooManyAttempts: 429,
  sessionExpired: 401,
  sessionRevoked: 401,
  sessionNotFound: 404,
  foreignOrigin: 403,
  linkInvalid: 401,
  totpAlreadyOn: 409,
  totpOff: 409,
});
