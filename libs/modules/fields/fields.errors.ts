import { defineErrors } from '@opora/platform/errors';

export const FieldsError = defineErrors('fields', {
  notFound: 404,
  ruleNotFound: 404,
  stale: 412,
  codeTaken: 409,
  tooManyFields: 409,
  tooManyRules: 409,
  hasValues: 409,
  neededByFormula: 409,
  neededByRule: 409,
});
