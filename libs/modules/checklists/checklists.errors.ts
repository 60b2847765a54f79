import { defineErrors } from '@opora/platform/errors';

export const ChecklistError = defineErrors('checklists', {
  notFound: 404,
  templateNotFound: 404,
  changed: 412,
  ticketClosed: 409,
  marksLost: 409,
  itemHasMarks: 409,
});
