import iconv from 'iconv-lite';
import { parseMail } from './mail-parse';

const crlf = (text: string) => Buffer.from(text.replace(/\n/g, '\r\n'));
const parse = (raw: Buffer) =>
  parseMail({ raw, envelopeFrom: 'ivan@client.ru', envelopeTo: [], ours: [], secret: 's' });
const parts = (...list: string[]) =>
  crlf(
    `From: a@b.ru\nContent-Type: multipart/mixed; boundary=x\n\n${list.map((part) => `--x\n${part}\n`).join('')}--x--\n`,
  );

const SENTENCE = 'Здравствуйте! Касса номер 3 не печатает чеки, очередь растёт.';

describe('charsets', () => {
  it.each([
    ['windows-1251', 'text/plain; charset=windows-1251'],
    ['koi8-r', 'text/plain; charset="KOI8-R"'],
    ['windows-1251', 'text/plain'],
    ['koi8-r', 'text/plain'],
    ['cp866', 'text/plain'],
    ['utf-8', 'text/plain'],
    ['windows-1251', 'text/plain; charset=utf-8'],
    ['koi8-r', 'text/plain; charset=us-ascii'],
    ['windows-1251', 'text/plain; charset=unknown-8bit'],
  ])('%s declared as %s', async (charset, type) => {
    const raw = Buffer.concat([crlf(`From: a@b.ru\nContent-Type: ${type}\n\n`), iconv.encode(SENTENCE, charset)]);
    expect((await parse(raw)).html).toContain(SENTENCE);
  });

  it('joins format=flowed lines', async () => {
    expect(
      (await parse(crlf('Content-Type: text/plain; format=flowed; charset=utf-8\n\nодин \nдва\n'))).html,
    ).toContain('один два');
  });
});

describe('files', () => {
  it('reads RFC 2231 and naked names', async () => {
    const mail = await parse(
      parts(
        `Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=UTF-8''%D0%A1%D1%87; filename*1*=%D1%91%D1%82.pdf\n\nx`,
        'Content-Type: application/pdf; name="Акт.pdf"\n\ny',
      ),
    );
    expect(mail.files.map(({ name }) => name)).toEqual(['Счёт.pdf', 'Акт.pdf']);
  });

  it('marks pictures of the text', async () => {
    const mail = await parse(
      parts(
        'Content-Type: text/html\n\n<p>a<img src="cid:p@x"></p>',
        'Content-Type: image/png\nContent-ID: <p@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=',
      ),
    );
    expect(mail.files).toMatchObject([{ contentId: 'p@x', isInline: true, mime: 'image/png' }]);
  });

  it('unpacks winmail.dat', async () => {
    const attribute = (level: number, id: number, value: Buffer) => {
      const head = Buffer.alloc(9);
      head.writeUInt8(level, 0);
      head.writeUInt32LE(id, 1);
      head.writeUInt32LE(value.length, 5);
      return Buffer.concat([head, value, Buffer.alloc(2)]);
    };
    const start = Buffer.alloc(6);
    start.writeUInt32LE(0x223e9f78, 0);
    const tnef = Buffer.concat([
      start,
      attribute(2, 0x00069002, Buffer.alloc(14)),
      attribute(2, 0x00018010, Buffer.from('act.txt\0')),
      attribute(2, 0x0006800f, Buffer.from('contents')),
    ]);
    const mail = await parse(
      parts(
        `Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${tnef.toString('base64')}`,
      ),
    );
    expect(mail.files.map(({ name, content }) => [name, Buffer.from(content).toString()])).toEqual([
      ['act.txt', 'contents'],
    ]);
  });

  it('keeps a winmail.dat it cannot read', async () => {
    const mail = await parse(parts('Content-Type: application/ms-tnef; name=winmail.dat\n\nnonsense'));
    expect(mail.files.map(({ name }) => name)).toEqual(['winmail.dat']);
  });

  it('F23: bounds two thousand files', async () => {
    const mail = await parse(
      parts(...Array.from({ length: 2000 }, (_, index) => `Content-Type: image/gif\n\n${index}`)),
    );
    expect(mail.files).toHaveLength(200);
    expect(mail.filesLeftOut).toBe(1800);
  });

  it('F23: follows 120 nested parts', async () => {
    let nested = 'Content-Type: text/plain\n\ndeep';
    for (let depth = 0; depth < 120; depth += 1)
      nested = `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${nested}\n--b${depth}--\n`;
    expect((await parse(crlf(`From: a@b.ru\n${nested}`))).html).toContain('deep');
  });
});

describe('broken mails', () => {
  it.each([
    ['nothing', ''],
    ['no header', 'просто текст'],
    ['no body', 'From: a@b.ru\r\nSubject: x\r\n\r\n'],
    ['no boundary', 'Content-Type: multipart/mixed\r\n\r\ntext'],
    ['an open boundary', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ntext'],
    ['a torn encoding', 'Content-Transfer-Encoding: base64\r\n\r\n0J/RgNC40LLQ'],
    ['a wrong charset', 'Content-Type: text/plain; charset=klingon\r\n\r\ntext'],
    ['zero bytes', 'Subject: a\u0000b\r\n\r\nte\u0000xt'],
  ])('%s', async (_, raw) => {
    const mail = await parse(Buffer.from(raw));
    expect(JSON.stringify({ ...mail, files: [] })).not.toContain('\\u0000');
  });

  it('reads a mail without a header as text', async () => {
    expect((await parse(Buffer.from('Просто текст без заголовка'))).html).toContain('Просто текст без заголовка');
  });
});

describe('F6: what tells a repeat from a namesake', () => {
  const shaOf = async (head: string, body = 'text') =>
    (await parse(crlf(`${head}\nMessage-ID: <1@x>\nSubject: s\n\n${body}`))).contentSha;

  it('is not changed by the way a mail took', async () => {
    expect(await shaOf('Received: by a\nReturn-Path: <x@y>\nX-Spam: no\nDelivered-To: b@c')).toBe(
      await shaOf('Received: by b\nX-Spam: yes'),
    );
  });
  it('is changed by another text', async () => expect(await shaOf('A: 1', 'one')).not.toBe(await shaOf('A: 1', 'two')));
});
