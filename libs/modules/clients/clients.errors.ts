import { defineErrors } from '@opora/platform/errors';

/** Refusals about companies, contacts and service objects. */
export const ClientsError = defineErrors('clients', {
  companyNotFound: 404,
  categoryNotFound: 404,
  contactNotFound: 404,
  objectNotFound: 404,
  personNotFound: 404,
  membershipNotFound: 404,
  stale: 412,
  duplicateCompany: 409,
  companyArchived: 409,
  categoryCodeTaken: 409,
  emailTaken: 409,
  emailRefused: 409,
  contactArchived: 409,
  contactHasNoEmail: 409,
  alreadyMember: 409,
  lastAdmin: 409,
  objectCycle: 409,
  objectTooDeep: 409,
  parentArchived: 409,
});
