import type { FieldProblem } from '@opora/platform/errors';
import type { FormField, FormFieldName } from './ticket-type.entity';

type Answers = Partial<Record<FormFieldName | 'newContact', unknown>>;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && !value.length) ||
  (typeof value === 'string' && !hasWords(value));

/** A text of tags and spaces alone says nothing; a picture does. */
const hasWords = (html: string): boolean =>
  /<img\b/i.test(html) ||
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .trim() !== '';

/** What the type's form requires and the answers lack. */
export function formProblems(form: readonly FormField[], answers: Answers, isPortal: boolean): FieldProblem[] {
  return form
    .filter(({ isRequired, portal }) => (isPortal ? portal.isRequired : isRequired))
    .filter(({ field }) => isEmpty(answers[field]) && !(field === 'contactId' && answers.newContact))
    .map(({ field }) => ({ pointer: `/${field}`, code: 'tickets.fieldRequired', message: '' }));
}
