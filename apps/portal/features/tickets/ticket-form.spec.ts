import { aType } from '@/testing/tickets';
import { asks } from './ticket-form';

const required = { isAsked: true, isRequired: true };
const offered = { isAsked: true, isRequired: false };
const absent = { isAsked: false, isRequired: false };

describe('the form of a type', () => {
  it.each([
    ['a subject is always needed', [], 'subject', required],
    ['what is not named is not asked', [], 'description', absent],
    ['what is named is asked', [{ field: 'files', ...offered }], 'files', offered],
    ['what is required is required', [{ field: 'objectId', ...required }], 'objectId', required],
  ] as const)('PO-01: %s', (_words, form, field, expected) =>
    expect(asks(aType({ form: [...form] }), field)).toMatchObject(expected),
  );
});
