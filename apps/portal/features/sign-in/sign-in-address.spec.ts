import { safeNext, tokenOf } from './sign-in-address';

describe('the address of the sign-in page', () => {
  it.each([
    [null, '/tickets'],
    ['', '/tickets'],
    ['/tickets/12?x=1', '/tickets/12?x=1'],
    ['https://evil.example', '/tickets'],
    ['//evil.example', '/tickets'],
    ['/\\evil.example', '/tickets'],
    ['/\t/evil.example', '/tickets'],
    ['javascript:alert(1)', '/tickets'],
    ['/sign-in?next=/sign-in', '/tickets'],
  ])('PO-07: next=%j leads to %s', (next, path) => expect(safeNext(next)).toBe(path));

  it.each([
    ['#token=abc', 'abc'],
    ['#t=abc', null],
    ['', null],
    ['#token=', null],
  ])('PO-07: the fragment %j carries %j', (hash, token) => expect(tokenOf(hash)).toBe(token));
});
