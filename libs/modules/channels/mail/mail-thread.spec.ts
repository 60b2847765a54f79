import { readHeader } from './mail-header';
import { bareSubject, signedAddress, signedNumber, threadClues } from './mail-thread';

const SECRET = 'secret';
const clues = (head: string, to: string[] = [], subject = '') =>
  threadClues(readHeader(Buffer.from(`${head}\r\n\r\n`)).header, to, subject, SECRET);

describe('CH-01: where a mail belongs', () => {
  it('asks In-Reply-To first, then References from the last', () => {
    expect(clues('In-Reply-To: <3@x>\r\nReferences: <1@x> <2@x>\r\n <3@x>').messageIds).toEqual([
      '<3@x>',
      '<2@x>',
      '<1@x>',
    ]);
  });

  it('finds the signed address in the envelope and in the header', () => {
    const address = signedAddress('support@opora.localhost', 42, SECRET);
    expect(clues('A: b', [address]).signedNumbers).toEqual([42]);
    expect(clues(`To: Opora <${address.toUpperCase()}>`).signedNumbers).toEqual([42]);
    expect(clues(`Cc: x@y.ru, ${address}`).signedNumbers).toEqual([42]);
  });

  it.each([
    ['[#12] Printer', [12]],
    ['Re: [#12] Printer [#12]', [12]],
    ['#12', []],
    ['[12]', []],
    ['[#1234567890123]', []],
  ])('tags of %s', (subject, expected) => expect(clues('A: b', [], subject).taggedNumbers).toEqual(expected));
});

describe('the signed address', () => {
  const address = signedAddress('support+old@opora.localhost', 42, SECRET);

  it('has a local part of at most 64 characters', () => expect(address.indexOf('@')).toBeLessThanOrEqual(64));
  it('is read back', () => expect(signedNumber(address, SECRET)).toBe(42));
  it.each([
    ['another number', address.replace('+t42.', '+t43.')],
    ['another signature', address.replace(/\.(.)/, (_, first: string) => `.${first === 'a' ? 'b' : 'a'}`)],
    ['no signature', 'support+t42@opora.localhost'],
    ['a short signature', address.replace(/.@/, '@')],
  ])('refuses %s', (_, forged) => expect(signedNumber(forged, SECRET)).toBeUndefined());
  it('refuses the signature of another installation', () => expect(signedNumber(address, 'other')).toBeUndefined());
});

it.each([
  ['Re: [#12] Принтер', 'Принтер'],
  ['RE: FW: Re[2]: Принтер', 'Принтер'],
  ['Ответ: Принтер', 'Принтер'],
  ['На: склад', 'склад'],
  ['Принтер', 'Принтер'],
])('the bare subject of %s is %s', (subject, expected) => expect(bareSubject(subject)).toBe(expected));
