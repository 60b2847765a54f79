import { normalAddress, parseAddresses, senderOf } from './mail-address';
import { readHeader } from './mail-header';

const addresses = (raw: string) =>
  parseAddresses(raw).map(({ name, address }) => (name ? `${name} <${address}>` : address));
const sender = (head: string, envelope = 'envelope@x.ru') =>
  senderOf(readHeader(Buffer.from(`${head}\r\n\r\n`)).header, envelope)?.address;

describe('X9: reading addresses', () => {
  it.each([
    ['ivan@client.ru', ['ivan@client.ru']],
    ['IVAN@Client.RU', ['ivan@client.ru']],
    ['Иван Петров <ivan@client.ru>', ['Иван Петров <ivan@client.ru>']],
    ['"Петров, Иван" <ivan@client.ru>, b@c.ru', ['Петров, Иван <ivan@client.ru>', 'b@c.ru']],
    ['=?utf-8?B?0JjQstCw0L0=?= <ivan@client.ru>', ['Иван <ivan@client.ru>']],
    ['"boss@bank.ru" <thief@evil.ru>', ['boss@bank.ru <thief@evil.ru>']],
    ['boss@bank.ru <thief@evil.ru>', ['boss@bank.ru <thief@evil.ru>']],
    ['"a@bank.ru b"@evil.ru', ['"a@bank.ru b"@evil.ru']],
    ['<"a@bank.ru x"@evil.ru>', ['"a@bank.ru x"@evil.ru']],
    ['"ivan"@client.ru', ['ivan@client.ru']],
    ['=?utf-8?B?Ym9zc0BiYW5rLnJ1?=', []],
    ['=?utf-8?Q?boss=40bank.ru?=@evil.ru', []],
    ['ivan(comment)@client.ru', ['ivan@client.ru']],
    ['(<boss@bank.ru>) ivan@client.ru', ['ivan@client.ru']],
    ['Team: a@x.ru, b@x.ru;', ['a@x.ru', 'b@x.ru']],
    ['undisclosed-recipients:;', []],
    ['<@relay.ru:ivan@client.ru>', ['ivan@client.ru']],
    ['ivan@почта.рф', ['ivan@почта.рф']],
    ['ivan@xn--80a1acny.xn--p1ai', ['ivan@почта.рф']],
    ['ivan@[192.168.0.1]', ['ivan@[192.168.0.1]']],
    ['ivan@client..ru', []],
    ['ivan petrov@client.ru', []],
    ['@client.ru', []],
    ['ivan', []],
    ['', []],
    ['<>', []],
  ])('%s', (raw, expected) => expect(addresses(Buffer.from(raw, 'utf8').toString('latin1'))).toEqual(expected));

  it('strips marks that turn a name around', () => {
    expect(addresses(Buffer.from('"Иван\u202egnp.exe" <a@b.ru>').toString('latin1'))).toEqual(['Иванgnp.exe <a@b.ru>']);
  });

  it.each(['a b@c.ru', 'a@b c.ru', 'a@-b.ru', `a@${'b'.repeat(64)}.ru`, '"unclosed@b.ru', 'a"b"@c.ru', 'a@b@c'])(
    'refuses %s',
    (raw) => expect(normalAddress(raw)).toBeUndefined(),
  );
});

describe('who wrote the mail', () => {
  it.each([
    ['From: a@x.ru', 'a@x.ru'],
    ['From: a@x.ru\r\nSender: b@x.ru', 'a@x.ru'],
    ['From: a@x.ru, b@x.ru', undefined],
    ['From: a@x.ru\r\nFrom: b@x.ru', undefined],
    ['From: a@x.ru\r\nFrom: A@x.ru', 'a@x.ru'],
    ['From: a@x.ru, b@x.ru\r\nSender: b@x.ru', 'b@x.ru'],
    ['From: a@x.ru, b@x.ru\r\nSender: c@x.ru', undefined],
    ['Subject: no author', 'envelope@x.ru'],
    ['From: nonsense', 'envelope@x.ru'],
    ['From: nonsense\r\nSender: s@x.ru', 's@x.ru'],
  ])('%s is %s', (head, expected) => expect(sender(head)).toBe(expected));

  it('is nobody when neither header nor envelope names one', () => expect(sender('Subject: x', '')).toBeUndefined());
});
