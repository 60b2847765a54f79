import { searchable, toLines, toOneLine } from './plain-text';

it.each([
  ['  Ромашка  ', 'Ромашка'],
  ['Ромашка\r\nРитейл', 'Ромашка Ритейл'],
  ['a\u202egnp.exe', 'agnp.exe'],
  ['\u2066скрыто\u2069', 'скрыто'],
  ['a\u200bb\ufeff', 'ab'],
  ['x\u0007y\u2028z', 'x y z'],
  ['<b>имя</b>', '<b>имя</b>'],
  ['👨‍👩‍👧 семья', '👨‍👩‍👧 семья'],
])('%j becomes the line %j', (text, expected) => expect(toOneLine(text)).toBe(expected));

it('keeps the lines of a remark and drops what cannot be seen', () => {
  expect(toLines(' первая\r\nвторая\tс отступом\u0007\u202e ')).toBe('первая\nвторая\tс отступом');
});

it('compares texts without case and ё', () => {
  expect(searchable('Ёлка', null, undefined, 'ООО')).toBe('елка ооо');
});
