import { hasContent } from './html-scan';

/** Where the quotation of earlier mails starts; what stands before it is new. */

const HEADERS = /^\s*\*?(?:from|от|отправитель|de|von)\*?\s*:\s*\S.*$/i;
const HEADERS_FOLLOW = /^\s*\*?(?:sent|date|to|cc|subject|отправлено|дата|кому|копия|тема)\*?\s*:/i;
const DIVIDERS = [
  /^\s*-{2,}\s*(?:original message|forwarded message|исходное сообщение|оригинальное сообщение|пересылаемое сообщение|пересланное сообщение|конец пересылаемого сообщения|ursprüngliche nachricht|message d'origine)\s*-*\s*$/i,
  /^\s*(?:begin forwarded message|начало переадресованного сообщения|начало пересылаемого сообщения)\s*:\s*$/i,
  /^\s*_{20,}\s*$/,
];
/** «12.03.2026 10:15, Иван Петров пишет:», "On Mon, 2 Mar 2026, Ivan wrote:". */
const ATTRIBUTION = [
  /^\s*(?:on|le|am)\s.{6,300}\s(?:wrote|a écrit|schrieb)\s*:\s*$/i,
  /^\s*.{0,300}(?:\d{1,2}[./ -].{2,12}[./ -]\d{2,4}|\d{4}-\d\d-\d\d).{0,200}(?:пишет|писал|писала|написал|написала|написал\(а\)|wrote)\s*:\s*$/i,
  /^\s*.{0,40}\b\d{4}\b.{0,40}\d{1,2}:\d{2}.{1,200}<[^<>\s]{3,200}@[^<>\s]{3,200}>\s*:\s*$/,
  /^\s*.{0,200}\s(?:wrote|пишет|писал\(а\)|написал\(а\))\s*:\s*$/i,
];
const MOST_LINES = 5000;

/** Splits plain text into what is new and what repeats earlier mails. A mail that is nothing but quotation is all new. */
export function foldText(text: string): { fresh: string; quoted: string } {
  const lines = text.split('\n');
  const start = quoteStart(lines);
  if (start === undefined) return { fresh: text, quoted: '' };
  const fresh = lines.slice(0, start).join('\n').trimEnd();
  if (!fresh.trim()) return { fresh: text, quoted: '' };
  return { fresh, quoted: lines.slice(start).join('\n') };
}

function quoteStart(lines: string[]): number | undefined {
  for (let at = 0; at < Math.min(lines.length, MOST_LINES); at += 1) {
    const line = lines[at]!;
    if (line.length > 600) continue;
    if (DIVIDERS.some((divider) => divider.test(line))) return at;
    if (HEADERS.test(line) && lines.slice(at + 1, at + 5).some((next) => HEADERS_FOLLOW.test(next.slice(0, 200))))
      return at;
    if (isAttribution(lines, at)) return at;
    if (line.startsWith('>') && lines.slice(at).every((rest) => !rest.trim() || rest.startsWith('>'))) return at;
  }
  return undefined;
}

/** An attribution may run over two lines; quoted or empty lines must follow, or a top-posted mail ends with it. */
function isAttribution(lines: string[], at: number): boolean {
  const one = lines[at]!;
  const two =
    lines[at + 1] && lines[at + 1]!.length < 300 && !lines[at + 1]!.startsWith('>')
      ? `${one} ${lines[at + 1]!.trim()}`
      : '';
  for (const [candidate, next] of [
    [one, at + 1],
    [two, at + 2],
  ] as const) {
    if (!candidate.trimEnd().endsWith(':') || !ATTRIBUTION.some((pattern) => pattern.test(candidate))) continue;
    const follows = lines.slice(next).find((line) => line.trim());
    if (follows === undefined || follows.startsWith('>')) return true;
    // «… пишет:» with a date needs no marks: some clients quote by a bar only.
    if (ATTRIBUTION.slice(0, candidate === one ? 3 : 1).some((pattern) => pattern.test(candidate))) return true;
  }
  return false;
}

/** Marks by which mail clients begin the quotation in HTML. */
const HTML_MARKS = [
  /<div[^>]{0,300}\bclass=["'][^"']{0,100}\bgmail_quote\b/i,
  /<blockquote[^>]{0,300}\b(?:type=["']cite["']|class=["'][^"']{0,100}\b(?:gmail_quote|yahoo_quoted)\b)/i,
  /<div[^>]{0,300}\bid=["']?(?:appendonsend|divRplyFwdMsg|mail-editor-reference-message-container|yahoo_quoted)/i,
  /<div[^>]{0,300}\bclass=["'][^"']{0,100}\b(?:moz-cite-prefix|yahoo_quoted|mail-quote-collapse|js-helper js-readmsg-msg)\b/i,
  /<hr[^>]{0,200}\bid=["']?stopSpelling/i,
  /<div[^>]{0,300}border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)/i,
  /<p[^>]{0,200}>\s*(?:<[^>]{1,200}>\s*){0,4}-{2,}\s*(?:original message|исходное сообщение|пересылаемое сообщение)\s*-{2,}/i,
  /<div[^>]{0,300}>\s*(?:\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}:\d{2}).{0,200}(?:пишет|написал\(а\)|&lt;[^&]{3,100}&gt;)\s*:\s*<\/div>\s*<blockquote/i,
];

/** Offset in the HTML at which the quotation starts, or undefined when nothing is quoted or nothing is new. */
export function quoteOffset(html: string): number | undefined {
  const starts = HTML_MARKS.map((mark) => mark.exec(html)?.index).filter((index) => index !== undefined);
  if (!starts.length) return undefined;
  const start = Math.min(...starts);
  return hasContent(html.slice(0, start)) ? start : undefined;
}
