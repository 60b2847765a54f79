import { formProblems } from './ticket-form';
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
const full = { description: '<p>текст</p>', contactId: 'x', files: [{}] };

describe('form of a type', () => {
  it.each([
    ['nothing is missing', full, false, []],
    ['empty paragraphs are no description', { ...full, description: '<p>&nbsp;</p>' }, false, ['/description']],
    ['a picture is a description', { ...full, description: '<p><img data-file-id="x"></p>' }, false, []],
    ['a new contact is a contact', { ...full, contactId: undefined, newContact: { name: 'x' } }, false, []],
    ['everything is missing', { files: [] }, false, ['/description', '/contactId', '/files']],
    ['the portal has its own rules', {}, true, ['/objectId']],
  ])('T-02: %s', (_, answers, isPortal, pointers) =>
    expect(formProblems(form, answers, isPortal).map(({ pointer }) => pointer)).toEqual(pointers),
  );
});
