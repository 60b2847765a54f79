import { decodeText } from './mail-charset';

const LONGEST_HEAD = 1024 * 1024;
const MOST_LINES = 5000;
const LONGEST_VALUE = 16 * 1024;

/** The header of a mail: names in lower case, values unfolded, bytes kept as Latin-1 until a text is asked for. */
export class MailHeader {
  constructor(private readonly fields: readonly (readonly [name: string, value: string])[]) {}

  /** The raw value of the first field of that name, one character per byte. */
  raw(name: string): string {
    return this.fields.find(([key]) => key === name)?.[1] ?? '';
  }

  allRaw(name: string): string[] {
    return this.fields.filter(([key]) => key === name).map(([, value]) => value);
  }

  /** The readable value of the first field of that name; empty when there is none. */
  text(name: string): string {
    return readable(this.raw(name));
  }

  has(name: string): boolean {
    return this.fields.some(([key]) => key === name);
  }

  get names(): string[] {
    return this.fields.map(([name]) => name);
  }

  /** What stays the same however the mail travelled, for telling a repeat from a namesake. */
  get lasting(): string {
    return this.fields
      .filter(([name]) => !isTrace(name))
      .map(([name, value]) => `${name}:${value.replace(/\s+/g, ' ').trim()}`)
      .sort()
      .join('\n');
  }
}

const TRACES = new Set([
  'received',
  'return-path',
  'delivered-to',
  'envelope-to',
  'delivery-date',
  'authentication-results',
  'dkim-signature',
  'received-spf',
  'status',
  'lines',
  'bytes',
  'sender',
]);
const isTrace = (name: string): boolean =>
  TRACES.has(name) || name.startsWith('x-') || name.startsWith('arc-') || name.startsWith('resent-');

/** Splits a mail into its header and the offset at which its body starts. Accepts CRLF, LF and a missing body. */
export function readHeader(mail: Buffer): { header: MailHeader; bodyAt: number } {
  const start = mail.subarray(0, 5).toString('latin1') === 'From ' ? mail.indexOf(10) + 1 : 0;
  const head = mail.subarray(start, start + LONGEST_HEAD).toString('latin1');
  const end = /\r?\n\r?\n/.exec(head);
  const leading = /^\r?\n/.exec(head);
  const text = leading ? '' : head.slice(0, end ? end.index : head.length);
  const bodyAt = leading
    ? start + leading[0].length
    : end
      ? start + end.index + end[0].length
      : Math.min(mail.length, start + LONGEST_HEAD);
  return { header: new MailHeader(fieldsOf(text)), bodyAt };
}

function fieldsOf(head: string): [string, string][] {
  const fields: [string, string][] = [];
  let lines: string[] = [];
  const close = (): void => {
    const [first = '', ...rest] = lines;
    const colon = first.indexOf(':');
    const name = first.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && /^[!-9;-~]+$/.test(name)) fields.push([name, [first.slice(colon + 1), ...rest].join('').trim()]);
    lines = [];
  };
  for (const line of head.split(/\r\n|\n|\r/, MOST_LINES)) {
    if (/^[ \t]/.test(line) && lines.length) lines.push(line);
    else {
      close();
      lines = [line];
    }
  }
  close();
  return fields;
}

const WORD = /=\?([\w.:-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/gi;
/** Spaces between two encoded words are not part of the text. */
const BETWEEN_WORDS = /(=\?[\w.:*-]+\?[bq]\?[^?]*\?=)\s+(?==\?[\w.:*-]+\?[bq]\?[^?]*\?=)/gi;

/** A header value as text: encoded words decoded, naked 8-bit bytes read in the likeliest charset, no control characters. */
export function readable(raw: string): string {
  if (!raw) return '';
  const joined = joinSplitWords(raw.slice(0, LONGEST_VALUE).replace(BETWEEN_WORDS, '$1'));
  const parts: string[] = [];
  let at = 0;
  for (const match of joined.matchAll(WORD)) {
    parts.push(naked(joined.slice(at, match.index)), decodeWord(match[1]!, match[2]!, match[3]!));
    at = match.index + match[0].length;
  }
  parts.push(naked(joined.slice(at)));
  return parts
    .join('')
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Senders cut a multi-byte character between two words of one charset and encoding: such words are read as one. */
function joinSplitWords(raw: string): string {
  let joined = raw;
  for (let round = 0; round < 200; round += 1) {
    const next = joined
      .replace(/=\?([\w.:*-]+)\?q\?([^?]*)\?==\?\1\?q\?([^?]*)\?=/gi, '=?$1?Q?$2$3?=')
      .replace(/=\?([\w.:*-]+)\?b\?([^?]*)\?==\?\1\?b\?([^?]*)\?=/gi, (_, charset: string, a: string, b: string) => {
        const bytes = Buffer.concat([Buffer.from(a, 'base64'), Buffer.from(b, 'base64')]);
        return `=?${charset}?B?${bytes.toString('base64')}?=`;
      });
    if (next === joined) break;
    joined = next;
  }
  return joined;
}

function decodeWord(charset: string, encoding: string, text: string): string {
  const bytes =
    encoding.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64')
      : Buffer.from(
          text
            .replace(/_/g, ' ')
            .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        );
  return decodeText(bytes, charset);
}

const naked = (raw: string): string => (/^[\x00-\x7f]*$/.test(raw) ? raw : decodeText(Buffer.from(raw, 'latin1')));

/** Message-IDs in a header value, in order, with their angle brackets. Tolerates ids without brackets. */
export function messageIds(raw: string): string[] {
  const bracketed = raw.slice(0, 64 * 1024).match(/<[^<>\s\u0000-\u001f\u007f]{1,990}>/g);
  if (bracketed) return bracketed;
  return raw
    .slice(0, 64 * 1024)
    .split(/[\s,;]+/)
    .filter((word) => /^[^<>@\s\u0000-\u001f\u007f]+@[^<>@\s\u0000-\u001f\u007f]+$/.test(word))
    .map((word) => `<${word}>`);
}
