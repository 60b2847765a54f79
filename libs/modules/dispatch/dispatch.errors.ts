import { defineErrors } from '@opora/platform/errors';

export const DispatchError = defineErrors('dispatch', {
  zoneNotFound: 404,
  skillNotFound: 404,
  engineerNotFound: 404,
  typeNotFound: 404,
  teamNotFound: 404,
  stale: 412,
  moved: 409,
  taken: 409,
  tooManyZones: 409,
  tooManySkills: 409,
  skillTaken: 409,
});
