import { defineErrors } from '@opora/platform/errors';

export const PlanningError = defineErrors('planning', {
  notFound: 404,
  occurrenceNotFound: 404,
  changed: 412,
  alreadyMade: 409,
  notSkipped: 409,
  notFailed: 409,
  archived: 409,
});
