import { defineErrors } from '@opora/platform/errors';

export const BillingError = defineErrors('billing', {
  entryNotFound: 404,
  periodLocked: 409,
  editWindowOver: 409,
  entryChanged: 412,
  noTimer: 409,
});
