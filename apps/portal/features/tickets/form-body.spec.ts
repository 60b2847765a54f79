import { bodyOf, isBlank, pointerOf } from './form-body';

const rest = { typeId: 't', companyId: 'c', files: [] };
const draft = {
  subject: ' Касса ',
  description: '',
  others: { 'cf.serial': 'A1', 'cf.sum': '', deadlineAt: '2026-12-01T09:00:00.000Z', observers: ['k2'] },
};

it('T-04: what was filled in travels as the API takes it', () =>
  expect(bodyOf(draft, rest, null)).toEqual({
    subject: 'Касса',
    description: '',
    typeId: 't',
    companyId: 'c',
    files: [],
    deadlineAt: '2026-12-01T09:00:00.000Z',
    observers: [{ kind: 'contact', id: 'k2' }],
    customFields: { serial: 'A1' },
  }));

it('T-04: an answer to a field that is hidden by now stays at home', () =>
  expect(bodyOf(draft, rest, ['observers'])).not.toHaveProperty('customFields'));

it.each([
  [false, false],
  [0, false],
  ['  ', true],
  [[], true],
  [undefined, true],
])('T-04: %p is no answer: %s', (value, blank) => expect(isBlank(value)).toBe(blank));

it('T-04: an own field is refused at its own place', () => expect(pointerOf('cf.a')).toBe('/customFields/a'));
