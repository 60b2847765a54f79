import { defineErrors } from '@opora/platform/errors';

/** Refusals about the routing table. */
export const RoutingError = defineErrors('routing', {
  rowNotFound: 404,
  stale: 412,
  tooManyRows: 409,
  nobodyStandsIn: 409,
});
