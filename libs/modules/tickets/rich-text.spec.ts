import { filesInside, plainText, richTextOf, toRichText, withFileLinks } from './rich-text';

const FILE = '0194aaaa-0000-7000-8000-000000000001';

describe('rich text', () => {
  it.each([
    ['<p>Привет</p>', '<p>Привет</p>'],
    ['<script>alert(1)</script>текст', 'текст'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<img src="https://a.example/x.png" onerror=alert(1)>', '<img src="https://a.example/x.png" />'],
    ['<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer nofollow">x</a>'],
    ['<a href="//evil.example">x</a>', '<a rel="noopener noreferrer nofollow">x</a>'],
    [
      '<a href="https://ok.example" target=_top onclick=x>x</a>',
      '<a href="https://ok.example" rel="noopener noreferrer nofollow">x</a>',
    ],
    ['<p style="position:fixed">x</p>', '<p>x</p>'],
    ['<svg><script>alert(1)</script></svg>y', 'y'],
    ['<math><mtext><img src=x onerror=alert(1)></mtext></math>z', 'z'],
    ['<iframe src="https://evil.example"></iframe>', ''],
    ['<img src="data:text/html,<script>alert(1)</script>">', ''],
    ['<form action="/x"><input name=a></form>ok', 'ok'],
    ['<h5>t</h5>', '<h4>t</h4>'],
    [`<img src="/api/v1/files/${FILE}.abc.defghijklmnopqrstuvwxyz">`, `<img data-file-id="${FILE}" />`],
    [`<img data-file-id="${FILE}" src="javascript:1" alt="экран">`, `<img data-file-id="${FILE}" alt="экран" />`],
    ['<img src="cid:part1@x">', '<img src="cid:part1@x" />'],
  ])('T-11: %s becomes %s', (source, html) => expect(toRichText(source).html).toBe(html));

  it('is stable: a safe text passes unchanged', () => {
    const once = toRichText(
      `<div><a href="https://a.example?x=1&y=2">a</a> &amp; "b" <img data-file-id="${FILE}"></div>`,
    );
    expect(toRichText(once.html)).toEqual({ ...once, original: null });
  });

  it('keeps the original where it differs', () => {
    expect(toRichText('<p>a</p>').original).toBeNull();
    expect(toRichText('<p onclick=x>a</p>').original).toBe('<p onclick=x>a</p>');
  });

  it('survives deep nesting', () => {
    expect(toRichText('<div>'.repeat(5000) + 'дно').text).toBe('дно');
  });

  it.each([
    ['<p>раз</p><p>два</p>', 'раз\nдва'],
    ['a&nbsp;&lt;b&gt; &#1040;&amp;', 'a <b> А&'],
    ['<ul><li>1</li><li>2</li></ul>', '1\n2'],
    ['&#99999999;', '&#99999999;'],
  ])('text of %s', (html, text) => expect(plainText(html)).toBe(text));

  it('keeps the lines of a plain text and escapes it', () => {
    expect(richTextOf('<b>не тег</b>\nстрока\n\nабзац').html).toBe(
      '<p>&lt;b&gt;не тег&lt;/b&gt;<br />строка</p><p>абзац</p>',
    );
  });

  it('puts addresses only to known files', () => {
    const html = `<p><img data-file-id="${FILE}" alt="a" /></p>`;
    expect(filesInside(html)).toEqual([FILE]);
    expect(withFileLinks(html, (id) => `/f/${id}`)).toBe(
      `<p><img src="/f/${FILE}" data-file-id="${FILE}" alt="a" /></p>`,
    );
    expect(withFileLinks(html, () => undefined)).toBe(html);
  });
});
