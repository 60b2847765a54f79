import { verdictOf, verdictProblems } from '@opora/modules/fields';
import { answersOf, baseOf, type FormRow, writtenBetween } from './ticket-form';
import type { FormField } from './ticket-type.entity';

const field = (name: FormField['field'], isRequired: boolean, onPortal = false): FormField => ({
  field: name,
  isAsked: true,
  isRequired,
  portal: { isAsked: true, isRequired: onPortal },
});
const form = [
  field('description', true),
  field('contactId', true),
  field('objectId', false, true),
  field('files', true),
];
const row = (facts: Partial<FormRow>): FormRow =>
  ({
    description: '',
    contactId: null,
    objectId: null,
    fileCount: 0,
    customFields: {},
    subject: 'x',
    answers: {},
    ...facts,
  }) as FormRow;
const full = row({ description: '<p>текст</p>', contactId: 'x', fileCount: 1 });
const pointers = (given: FormRow, isPortal: boolean): string[] => {
  const verdict = verdictOf(baseOf(form, isPortal), [], {});
  return verdictProblems(verdict, answersOf(given), new Set(), { isNew: true }).map(({ pointer }) => pointer);
};

describe('form of a type', () => {
  it.each([
    ['nothing is missing', full, false, []],
    ['empty paragraphs are no description', { ...full, description: '<p>&nbsp;</p>' }, false, ['/description']],
    ['a picture is a description', { ...full, description: '<p><img data-file-id="x"></p>' }, false, []],
    ['a new contact is a contact', { ...full, contactId: null, answers: { contactId: 'new' } }, false, []],
    ['everything is missing', row({}), false, ['/description', '/contactId', '/files']],
    ['the portal has its own rules', row({}), true, ['/objectId']],
  ])('T-02: %s', (_, given, isPortal, expected) => expect(pointers(given, isPortal)).toEqual(expected));

  it('T-03: custom fields answer by their code', () =>
    expect(answersOf(row({ customFields: { serial: 'A-1' } }))).toMatchObject({ 'cf.serial': 'A-1' }));

  it('T-04: a change writes what differs, moments by their instant', () => {
    const at = '2026-01-02T03:04:05.000Z';
    const before = { a: 1, deadlineAt: new Date(at), tags: ['x'] };
    expect([...writtenBetween(before, { a: 2, deadlineAt: at, tags: ['x'], b: null })]).toEqual(['a']);
  });
});
