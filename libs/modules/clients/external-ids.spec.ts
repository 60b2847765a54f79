import { areExternalIds } from './external-ids';

it.each([
  [{}, true],
  [{ '1c': '000123', okdesk: '77' }, true],
  [{ '1c': 123 }, false],
  [{ '1c': '' }, false],
  [{ 'no spaces': '1' }, false],
  [{ '1c': 'a\u0007b' }, false],
  [{ '1c': { nested: '1' } }, false],
  [['1'], false],
  ['1c', false],
  [null, false],
  [Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`s${index}`, '1'])), false],
])('%j are ids in other systems: %s', (value, expected) => expect(areExternalIds(value)).toBe(expected));
