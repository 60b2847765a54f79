import iconv from 'iconv-lite';
import { messageIds, readable, readHeader } from './mail-header';

describe('readable header values', () => {
  it.each([
    ['plain', 'plain'],
    ['=?utf-8?B?0J/RgNC40LLQtdGC?=', 'Привет'],
    ['=?UTF-8?q?=D0=9F=D1=80?=', 'Пр'],
    ['=?koi8-r?B?8NLJ18XU?=', 'Привет'],
    ['=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=', 'Привет'],
    ['=?utf-8?Q?two_words?= =?utf-8?Q?_joined?=', 'two words joined'],
    ['=?utf-8?B?0J/R?= =?utf-8?B?gNC4?=', 'При'],
    ['Re: =?utf-8?B?0J/RgA==?= [#12]', 'Re: Пр [#12]'],
    ['=?x-nonsense?B?YWJj?=', 'abc'],
    ['=?utf-8?B?', '=?utf-8?B?'],
    ['a\r\n\tb\u0000c', 'a b c'],
  ])('%s', (raw, expected) => expect(readable(raw)).toBe(expected));

  it('reads naked 8-bit bytes', () => {
    for (const charset of ['utf-8', 'windows-1251', 'koi8-r']) {
      expect(readable(iconv.encode('Не работает касса, срочно', charset).toString('latin1'))).toBe(
        'Не работает касса, срочно',
      );
    }
  });

  it('is quick on a hostile value', () => {
    const started = Date.now();
    readable('=?utf-8?B?0J8=?='.repeat(70_000));
    readable('=?'.repeat(500_000));
    expect(Date.now() - started).toBeLessThan(1000);
  });
});

describe('splitting a mail', () => {
  it.each([
    ['A: 1\r\nB: 2\r\n\r\nbody', 'body', '2'],
    ['A: 1\nB: 2\n\nbody', 'body', '2'],
    ['From x@y Mon Jan 1\nB: 2\n\nbody', 'body', '2'],
    ['B: 2\r\n 3\r\n\r\n', '', '2 3'],
    ['\r\nbody only', 'body only', ''],
    ['B: 2', '', '2'],
  ])('%j', (mail, body, value) => {
    const { header, bodyAt } = readHeader(Buffer.from(mail));
    expect(mail.slice(bodyAt)).toBe(body);
    expect(header.raw('b')).toBe(value);
  });
});

it.each([
  ['<a@b> <c@d>', ['<a@b>', '<c@d>']],
  ['a@b', ['<a@b>']],
  ['"Иван" of Monday', []],
  ['<a b@c>', []],
  ['', []],
])('message ids of %s', (raw, expected) => expect(messageIds(raw)).toEqual(expected));
