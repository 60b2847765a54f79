import { JsonText, writeAnswer } from './json-text';

const LONG = 'Не печатает касса 😀 "\\ \u2028 é '.repeat(200);
/** More than is encoded at once. */
const WORDS = Array.from({ length: 3000 }, (_, index) => `Касса ${index} 😀 «é»`);

it.each<[string, unknown, unknown]>([
  ['an object', { a: 'Да' }, { a: 'Да' }],
  ['a long object', { a: LONG }, { a: LONG }],
  ['a long one of Latin letters', { a: 'abc'.repeat(2000) }, { a: 'abc'.repeat(2000) }],
  ['characters of two halves, first at even places', { a: '😀'.repeat(30_000) }, { a: '😀'.repeat(30_000) }],
  ['and then at odd ones', { aa: '😀'.repeat(30_000) }, { aa: '😀'.repeat(30_000) }],
  ['JSON as it stands', new JsonText(['{"a"', ':1}']), { a: 1 }],
  [
    'a long JSON as it stands',
    new JsonText(['[', ...WORDS.map((word) => `${JSON.stringify(word)},`), 'null]']),
    [...WORDS, null],
  ],
  ['half a character, escaped', { a: `\ud800${LONG}` }, { a: `\ud800${LONG}` }],
])('writes %s', (_, answer, expected) => {
  expect(JSON.parse(Buffer.from(writeAnswer(answer)).toString('utf8'))).toEqual(expected);
});
