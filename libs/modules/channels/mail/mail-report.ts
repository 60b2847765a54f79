import { messageIds } from './mail-header';
import { normalAddress } from './mail-address';

/** What a delivery report says: `failed` for good, `delayed` for now, `delivered`, or `read` by the addressee. */
export type DeliveryReport = {
  fate: 'failed' | 'delayed' | 'delivered' | 'read';
  recipients: string[];
  status: string;
  diagnostic: string;
  originalIds: string[];
};

const LONGEST_REPORT = 256 * 1024;

/** Reads a report from its status part, or, where an old server wrote prose only, from the text. */
export function readReport(source: string): DeliveryReport {
  const text = source
    .slice(0, LONGEST_REPORT)
    .replaceAll('\u0000', '')
    .replace(/\r\n/g, '\n')
    .replace(/\n[ \t]+/g, ' ');
  const field = (name: string): string[] =>
    [...text.matchAll(new RegExp(`^${name}:[ \\t]*(.*)$`, 'gim'))].map((match) => match[1]!.trim());
  const recipients = [...field('Final-Recipient'), ...field('Original-Recipient'), ...field('X-Failed-Recipients')]
    .flatMap((value) => value.replace(/^[\w-]+;/, '').split(','))
    .map((value) => normalAddress(value.trim().replace(/^<|>$/g, '')))
    .filter((address) => address !== undefined);
  const status = field('Status')[0] ?? /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? '';
  const diagnostic = field('Diagnostic-Code')[0] ?? /^.*\b[45]\d\d[ -].*$/m.exec(text)?.[0]?.trim() ?? '';
  return {
    fate: fateOf(field('Action')[0] ?? '', field('Disposition')[0] ?? '', status, text),
    recipients: [...new Set(recipients)],
    status: status.slice(0, 50),
    diagnostic: diagnostic.slice(0, 500),
    originalIds: [
      ...new Set(
        [
          ...field('Original-Message-ID'),
          ...field('Message-ID'),
          ...field('In-Reply-To'),
          ...field('References'),
        ].flatMap(messageIds),
      ),
    ].slice(0, 50),
  };
}

function fateOf(action: string, disposition: string, status: string, text: string): DeliveryReport['fate'] {
  const word = action.toLowerCase();
  if (word.startsWith('failed')) return 'failed';
  if (word.startsWith('delayed')) return 'delayed';
  if (/^(?:delivered|relayed|expanded)/.test(word)) return 'delivered';
  if (disposition) return /deleted|denied|failed/i.test(disposition) ? 'failed' : 'read';
  if (status.startsWith('2')) return 'delivered';
  if (status.startsWith('4') || /will (?:keep trying|be retried)|delayed|delay\b|задерж/i.test(text.slice(0, 4000)))
    return 'delayed';
  return 'failed';
}
