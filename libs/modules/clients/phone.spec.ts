import { isPhone, phoneDigits, toE164 } from './phone';

it.each([
  ['8 (495) 123-45-67', '+74951234567'],
  ['+7 495 123 45 67', '+74951234567'],
  ['74951234567', '+74951234567'],
  ['4951234567', '+74951234567'],
  ['8-916-123-45-67 доб. 12', '+79161234567'],
  ['8 800 555-35-35', '+78005553535'],
  ['+49 30 901820', '+4930901820'],
  ['+375 29 123-45-67', '+375291234567'],
  ['12', undefined],
  ['позвоните мне', undefined],
  ['', undefined],
])('%s is %s in E.164', (text, expected) => expect(toE164(text)).toBe(expected));

it.each([
  ['8 (495) 123-45-67', '4951234567'],
  ['+74951234567', '4951234567'],
  ['Ромашка 12', undefined],
  ['7707083893', '7707083893'],
  ['12345', undefined],
])('a search for %s looks for the digits %s', (text, expected) => expect(phoneDigits(text)).toBe(expected));

it.each([[['8 495 123-45-67']], [84951234567], [`8495123${' '.repeat(100)}4567`], [null]])('%p is no phone', (value) =>
  expect(isPhone(value)).toBe(false),
);
