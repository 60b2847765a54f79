import { hasContent, withoutHidden } from './html-scan';
import { embedImages } from './mail-html';
import { quoteOffset } from './quote-fold';

it.each([
  ['<p>a</p><style>b</style><p>c</p>', '<p>a</p><p>c</p>'],
  ['<SCRIPT>a</SCRIPT >b', 'b'],
  ['a<style>never closed', 'a'],
  ['a<style', 'a'],
  ['plain', 'plain'],
])('without what is never shown: %s', (html, shown) => expect(withoutHidden(html)).toBe(shown));

it.each([
  ['<p>&nbsp;</p>', false],
  ['<script>alert(1)</script>', false],
  ['<p>a</p>', true],
  ['<img src="cid:x">', true],
  ['', false],
])('something to read in %s: %s', (html, expected) => expect(hasContent(html)).toBe(expected));

it.each(['<style', '<', '<img ', '<img src="cid:', '<script></script'])(
  'X15: is quick on a megabyte of %s',
  (piece) => {
    const html = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const started = Date.now();
    hasContent(html);
    embedImages(html, new Map());
    quoteOffset(html);
    expect(Date.now() - started).toBeLessThan(3000);
  },
);
