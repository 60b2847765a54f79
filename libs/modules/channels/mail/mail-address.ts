import { domainToASCII, domainToUnicode } from 'node:url';
import type { MailHeader } from './mail-header';
import { readable } from './mail-header';

export type MailAddress = { name: string; address: string };

const MOST_ADDRESSES = 200;

/**
 * Addresses of a header value, RFC 5322. Works on the raw value: an encoded word can only ever become a display name, never an
 * address, and a quoted local part keeps its quotes, so `"a@x b"@y` belongs to y.
 */
export function parseAddresses(raw: string): MailAddress[] {
  const found: MailAddress[] = [];
  for (const mailbox of splitList(raw.slice(0, 256 * 1024))) {
    const address = parseMailbox(mailbox);
    if (address) found.push(address);
    if (found.length >= MOST_ADDRESSES) break;
  }
  return found;
}

type Token = { kind: 'text' | 'quoted' | 'angle'; value: string };

/** Cuts a list at its commas, semicolons and group names, outside quotes, comments and angle brackets. */
function splitList(raw: string): Token[][] {
  const list: Token[][] = [];
  let tokens: Token[] = [];
  let text = '';
  const flush = (): void => {
    if (text.trim()) tokens.push({ kind: 'text', value: text.trim() });
    text = '';
  };
  const next = (): void => {
    flush();
    if (tokens.length) list.push(tokens);
    tokens = [];
  };
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw[at]!;
    if (char === '"') {
      const { value, end } = quoted(raw, at);
      const before = text.slice(-1);
      flush();
      // Glued to what stands before (a."b"@c) it is part of one word; such local parts are refused below.
      tokens.push({ kind: 'quoted', value: before && !/\s/.test(before) ? `\u0000${value}` : value });
      at = end;
    } else if (char === '(') at = skipComment(raw, at);
    else if (char === '<') {
      flush();
      const end = angleEnd(raw, at);
      tokens.push({ kind: 'angle', value: raw.slice(at + 1, end).trim() });
      at = end;
    } else if (char === ',' || char === ';') next();
    else if (char === ':' && !text.includes('@') && !tokens.some((token) => token.kind === 'angle')) {
      text = '';
      tokens = [];
    } else text += char;
  }
  next();
  return list;
}

function quoted(raw: string, from: number): { value: string; end: number } {
  let value = '';
  for (let at = from + 1; at < raw.length; at += 1) {
    if (raw[at] === '\\' && at + 1 < raw.length) value += raw[(at += 1)];
    else if (raw[at] === '"') return { value, end: at };
    else value += raw[at];
  }
  return { value, end: raw.length };
}

function skipComment(raw: string, from: number): number {
  let depth = 0;
  for (let at = from; at < raw.length; at += 1) {
    if (raw[at] === '\\') at += 1;
    else if (raw[at] === '(') depth += 1;
    else if (raw[at] === ')' && (depth -= 1) === 0) return at;
  }
  return raw.length;
}

function angleEnd(raw: string, from: number): number {
  let inQuotes = false;
  for (let at = from + 1; at < raw.length; at += 1) {
    if (raw[at] === '\\' && inQuotes) at += 1;
    else if (raw[at] === '"') inQuotes = !inQuotes;
    else if (raw[at] === '>' && !inQuotes) return at;
  }
  return raw.length;
}

function parseMailbox(tokens: Token[]): MailAddress | undefined {
  const angles = tokens.filter((token) => token.kind === 'angle');
  if (angles.length) {
    const address = normalAddress(angles.at(-1)!.value);
    const name = readable(
      tokens
        .filter((token) => token.kind !== 'angle')
        .map((token) => token.value.replace('\u0000', ''))
        .join(' '),
    );
    return address ? { name: plainName(name), address } : undefined;
  }
  const [first, second] = tokens;
  if (first?.kind === 'quoted' && second?.kind === 'text' && tokens.length === 2 && second.value.startsWith('@')) {
    const address = normalAddress(`"${first.value.replace(/(["\\])/g, '\\$1')}"${second.value}`);
    return address ? { name: '', address } : undefined;
  }
  if (tokens.length !== 1 || first?.kind !== 'text') return undefined;
  const address = normalAddress(first.value);
  return address ? { name: '', address } : undefined;
}

const ATOM = /^[^\s"(),:;<>@[\\\]\u0000-\u001f\u007f]+$/;
const QUOTED_LOCAL = /^"(?:[^"\\\r\n\u0000]|\\[^\r\n\u0000])*"$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** `local@domain` in lower case with a readable domain, or undefined when it is not an address. Source routes are dropped. */
export function normalAddress(raw: string): string | undefined {
  const text = utf8(raw)
    .trim()
    .replace(/^@[^:\s]+:/, '');
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 320) return undefined;
  const local = text.slice(0, at).trim();
  const domain = text
    .slice(at + 1)
    .trim()
    .replace(/\.$/, '');
  const isQuoted = QUOTED_LOCAL.test(local);
  if (!isQuoted && (!ATOM.test(local) || /^=\?.*\?=$/.test(local))) return undefined;
  if (local.length > 128) return undefined;
  if (/^\[[\w.:]{2,60}\]$/.test(domain)) return `${lowered(local, isQuoted)}@${domain.toLowerCase()}`;
  const ascii = domainToASCII(domain);
  if (!ascii || ascii.length > 253 || !ascii.split('.').every((label) => LABEL.test(label))) return undefined;
  return `${lowered(local, isQuoted)}@${domainToUnicode(ascii)}`;
}

function lowered(local: string, isQuoted: boolean): string {
  if (!isQuoted) return local.toLowerCase();
  const inner = local.slice(1, -1).replace(/\\(.)/g, '$1');
  // "ivanov"@x and ivanov@x are one address; anything that needs its quotes keeps them.
  return ATOM.test(inner) && !inner.includes('..') ? inner.toLowerCase() : local.toLowerCase();
}

const utf8 = (raw: string): string => {
  const bytes = Buffer.from(raw, 'latin1');
  const text = bytes.toString('utf8');
  return /[^\u0000-\u00ff]/.test(raw) || text.includes('\uFFFD') ? raw : text;
};

/** A display name fit for a list: one line, no invisible direction marks, at most 200 characters. */
export const plainName = (name: string): string =>
  name
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u0000-\u001f\u007f]/g, '')
    .replace(/^['"\s]+|['"\s]+$/g, '')
    .slice(0, 200);

/**
 * Who wrote the mail. `From` decides; several authors or several From fields name nobody, unless Sender is one of them. Without a
 * readable From the envelope's sender counts.
 */
export function senderOf(header: MailHeader, envelopeFrom: string): MailAddress | undefined {
  const authors = header.allRaw('from').flatMap(parseAddresses);
  const distinct = [...new Map(authors.map((author) => [author.address, author])).values()];
  if (distinct.length === 1) return distinct[0];
  const [sender] = parseAddresses(header.raw('sender'));
  if (distinct.length > 1) return sender ? distinct.find((author) => author.address === sender.address) : undefined;
  if (sender) return sender;
  const address = normalAddress(envelopeFrom);
  return address ? { name: '', address } : undefined;
}
