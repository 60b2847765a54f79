import { Transform, type TransformCallback } from 'node:stream';
import { type AttachmentStream, MailParser, type MessageText } from 'mailparser';
import { hasContent, wordsIn } from './html-scan';
import { decodeText } from './mail-charset';
import { readable } from './mail-header';
import { readTnef } from './tnef';

export type ParsedFile = {
  name: string;
  mime: string;
  content: Uint8Array;
  contentId: string | null;
  isInline: boolean;
};
export type MailBody = {
  text: string;
  html: string | null;
  files: ParsedFile[];
  /** Files beyond the limit; they stay in the original. */
  filesLeftOut: number;
  /** Why the body could not be read in full, or null. */
  problem: string | null;
};

const MOST_FILES = 200;
const MOST_NODES = 20_000;
const LONGEST_HTML = 1_000_000;
const LONGEST_TEXT = 500_000;

/** Reads the parts of a mail. Rejects when the structure cannot be followed at all. */
export async function readBody(raw: Buffer): Promise<MailBody> {
  const { texts, attachments, left, problem } = await collectParts(raw);
  const files = attachments.flatMap(unpacked);
  const text = cleanText(texts.text ?? '');
  const html = texts.html ? cleanText(texts.html) : null;
  const body = {
    text: text.slice(0, LONGEST_TEXT),
    html,
    files: files.slice(0, MOST_FILES),
    filesLeftOut: left + Math.max(0, files.length - MOST_FILES),
    problem,
  };
  if (text.length > LONGEST_TEXT) body.files.push(textFile('message.txt', 'text/plain', text));
  if (html && html.length > LONGEST_HTML) {
    body.files.push(textFile('message.html', 'text/html', html));
    body.html = null;
    if (!body.text.trim()) body.text = wordsIn(html).slice(0, LONGEST_TEXT);
  }
  if (body.html && !hasContent(body.html)) body.html = null;
  return body;
}

/** The beginning of a body whose structure cannot be followed. */
export function plainBody(raw: Buffer, bodyAt: number, problem: string): MailBody {
  const lines = decodeText(raw.subarray(bodyAt, bodyAt + 100_000)).split(/\r?\n/);
  const text = lines.filter((line) => !/^[A-Za-z0-9+/=]{60,}\s*$/.test(line)).join('\n');
  return { text: cleanText(text), html: null, files: [], filesLeftOut: 0, problem: problem.slice(0, 300) || null };
}

/** PostgreSQL text cannot hold U+0000, nor half of a surrogate pair. */
const cleanText = (text: string): string => Buffer.from(text.replaceAll('\u0000', ''), 'utf8').toString('utf8');

const textFile = (name: string, mime: string, text: string): ParsedFile => ({
  name,
  mime,
  content: Buffer.from(text),
  contentId: null,
  isInline: false,
});

type Parts = {
  texts: { text?: string; html?: string };
  attachments: ParsedFile[];
  left: number;
  problem: string | null;
};

function collectParts(raw: Buffer): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const options = {
      skipHtmlToText: true,
      skipTextLinks: true,
      skipImageLinks: true,
      maxChildNodes: MOST_NODES,
      checksumAlgo: 'md5',
    };
    const parser = guessingCharsets(new MailParser(options));
    const parts: Parts = { texts: {}, attachments: [], left: 0, problem: null };
    let hasText = false;
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'attachment') return collectFile(part, parts);
      hasText = true;
      parts.texts = { text: part.text, html: typeof part.html === 'string' ? part.html : undefined };
    });
    parser.on('error', (error: Error) => {
      parts.problem = error.message.slice(0, 300);
      // After some errors the parser still ends, after others it never does.
      setTimeout(() => (hasText || parts.attachments.length ? resolve(parts) : reject(error)), 50);
    });
    parser.on('end', () => resolve(parts));
    parser.end(raw);
  });
}

function collectFile(part: AttachmentStream, parts: Parts): void {
  const chunks: Buffer[] = [];
  const isLeftOut = parts.attachments.length >= MOST_FILES;
  const content = part.content as unknown as NodeJS.ReadableStream;
  content.on('data', (chunk: Buffer) => {
    if (!isLeftOut) chunks.push(chunk);
  });
  content.on('error', () => part.release());
  content.on('end', () => {
    if (isLeftOut) parts.left += 1;
    else parts.attachments.push(fileOf(part, Buffer.concat(chunks), parts.attachments.length + 1));
    part.release();
  });
}

function fileOf(part: AttachmentStream, content: Buffer, count: number): ParsedFile {
  const mime = (part.contentType || 'application/octet-stream').toLowerCase();
  const contentId = part.cid ? part.cid.slice(0, 500) : null;
  const name = part.filename ? readable(latin1(part.filename)) : '';
  return {
    name: name.slice(0, 300) || nameFor(mime, count),
    mime,
    content,
    contentId,
    isInline: contentId !== null && mime.startsWith('image/'),
  };
}

/** A name that arrived as naked 8-bit bytes is one character per byte; anything wider is already text. */
const latin1 = (name: string): string =>
  /^[\u0000-\u00ff]*$/.test(name) ? name : Buffer.from(name, 'utf8').toString('latin1');

const EXTENSIONS: Record<string, string> = {
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'text/html': 'html',
  'image/jpeg': 'jpg',
  'application/pgp-signature': 'asc',
  'application/pkcs7-signature': 'p7s',
  'application/octet-stream': 'bin',
};
const nameFor = (mime: string, count: number): string =>
  `file-${count}.${EXTENSIONS[mime] ?? /\/(?:x-)?([a-z0-9]{2,5})$/.exec(mime)?.[1] ?? 'bin'}`;

/** A winmail.dat becomes the files inside it; one that cannot be read stays as it is. */
function unpacked(file: ParsedFile): ParsedFile[] {
  if (!/ms-tnef/.test(file.mime) && file.name.toLowerCase() !== 'winmail.dat') return [file];
  const inside = readTnef(Buffer.from(file.content), (bytes) => decodeText(bytes));
  if (!inside.length) return [file];
  return inside.map(({ name, content }) => ({
    name,
    mime: 'application/octet-stream',
    content,
    contentId: null,
    isInline: false,
  }));
}

/** Decodes a text part whose charset is missing, or is UTF-8 in name only. */
class Guess extends Transform {
  private readonly chunks: Buffer[] = [];

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.push(Buffer.from(decodeText(Buffer.concat(this.chunks)), 'utf8'));
    done();
  }
}

const GUESSED = 'x-guess';
/** Seams of the parser that its types do not show: the part it makes, and its choice of a decoder. */
type Seams = { createNode(data: object): { charset?: string }; decoder: { decodeStream(charset: string): Transform } };

/** The parser takes a part without a charset for UTF-8, which ruins windows-1251 and koi8-r; those parts are read by `Guess`. */
function guessingCharsets(parser: MailParser): MailParser {
  const seams = parser as unknown as Seams;
  const createNode = seams.createNode.bind(parser);
  const { decoder } = seams;
  seams.createNode = (data) => {
    const node = createNode(data);
    const charset = (node.charset ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
    if (['', 'ascii', 'usascii', 'utf8', 'unknown8bit', 'xunknown', 'unknown', 'default'].includes(charset))
      node.charset = GUESSED;
    return node;
  };
  seams.decoder = { decodeStream: (charset) => (charset === GUESSED ? new Guess() : decoder.decodeStream(charset)) };
  return parser;
}
