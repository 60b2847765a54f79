import { defineErrors } from '@opora/platform/errors';

export const MacroError = defineErrors('macros', {
  notFound: 404,
  cannedAnswerNotFound: 404,
  templateNotFound: 404,
  runNotFound: 404,
  changed: 412,
  actionGone: 409,
  selectionEmpty: 422,
  selectionTooBig: 422,
  runGoesOn: 409,
  runOver: 409,
  undoTooLate: 409,
  undoBegun: 409,
  nothingToUndo: 409,
  tooManyRuns: 429,
});
