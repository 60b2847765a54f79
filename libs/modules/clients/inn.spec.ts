import { isInn } from './inn';

it.each([
  ['7707083893', true], // a bank, 10 digits
  ['7736207543', true],
  ['500100732259', true], // a person, 12 digits
  ['7707083894', false],
  ['500100732258', false],
  ['500100732269', false],
  ['0000000000', false],
  ['770708389', false],
  ['77070838930', false],
  ['770708389a', false],
  ['', false],
  [7707083893, false],
  [null, false],
  [['7707083893'], false],
])('%s is a tax number: %s', (value, expected) => expect(isInn(value)).toBe(expected));
