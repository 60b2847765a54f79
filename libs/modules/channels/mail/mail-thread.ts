import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseAddresses } from './mail-address';
import { type MailHeader, messageIds } from './mail-header';

const MOST_IDS = 100;
const SIGNATURE_LENGTH = 26;

/** Where a mail may belong, strongest sign first. */
export type ThreadClues = { messageIds: string[]; signedNumbers: number[]; taggedNumbers: number[] };

/** Step 4 of the order of decision: In-Reply-To, then References from the last, then the signed address, then the tag. */
export function threadClues(
  header: MailHeader,
  envelopeTo: readonly string[],
  subject: string,
  secret: string,
): ThreadClues {
  const replied = messageIds(header.raw('in-reply-to'));
  const references = header.allRaw('references').flatMap(messageIds).reverse();
  const recipients = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to']
    .flatMap((name) => header.allRaw(name))
    .flatMap(parseAddresses);
  const signed = [...envelopeTo, ...recipients.map(({ address }) => address)].map((address) =>
    signedNumber(address, secret),
  );
  return {
    messageIds: distinct([...replied, ...references]).slice(0, MOST_IDS),
    signedNumbers: distinct(signed.filter((number) => number !== undefined)),
    taggedNumbers: distinct([...subject.slice(0, 2000).matchAll(/\[#(\d{1,12})\]/g)].map((match) => Number(match[1]))),
  };
}

const distinct = <Value>(values: Value[]): Value[] => [...new Set(values)];

/** A subject without its reply marks and tags, for a new mail of the same ticket. */
export function bareSubject(subject: string): string {
  return subject
    .replace(/\[#\d{1,12}\]/g, ' ')
    .replace(/^(?:\s*(?:re|fwd?|aw|ответ|на|отв|пересл?)(?:\[\d+\])?\s*:)+/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The address to which answers about a ticket come: `support+t123.<signature>@domain`. */
export function signedAddress(address: string, number: number, secret: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at).replace(/\+.*$/, '')}+t${number}.${signatureOf(number, secret)}${address.slice(at)}`;
}

/** The ticket number in a reply address whose signature is ours. */
export function signedNumber(address: string, secret: string): number | undefined {
  const match = /\+t(\d{1,12})\.([a-z2-7]{26})@/i.exec(address);
  if (!match) return undefined;
  const number = Number(match[1]);
  const given = Buffer.from(match[2]!.toLowerCase());
  const right = Buffer.from(signatureOf(number, secret));
  return timingSafeEqual(given, right) ? number : undefined;
}

function signatureOf(number: number, secret: string): string {
  return base32(createHmac('sha256', secret).update(`reply-address:${number}`).digest()).slice(0, SIGNATURE_LENGTH);
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Mail servers change the case of addresses, so the signature has one case only. */
function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(value >>> (bits - 5)) & 31];
    value &= 255;
  }
  return text;
}
