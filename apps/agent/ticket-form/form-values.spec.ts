import { bodyOf, pointerOf } from './form-values';

it('T-04: own fields travel under customFields, empty ones not at all', () =>
  expect(bodyOf({ objectId: 'o1', 'cf.serial': 'A1', 'cf.vip': false, 'cf.sum': null, deadlineAt: '' })).toEqual({
    objectId: 'o1',
    customFields: { serial: 'A1', vip: false },
  }));

it.each([
  ['cf.serial', '/customFields/serial'],
  ['objectId', '/objectId'],
])('T-04: the refusal of %s is at %s', (name, pointer) => expect(pointerOf(name)).toBe(pointer));
