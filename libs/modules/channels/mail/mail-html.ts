import { foldText, quoteOffset } from './quote-fold';

/** How folded quotations are marked; screens show them closed. */
const OPEN = '<details data-quote="1"><summary>…</summary>';
const CLOSE = '</details>';

/** The conversation's HTML of a mail: what is new, then the quotation, folded. Sanitised later, by the ticket. */
export function composeHtml(text: string, html: string | null): string {
  if (html) {
    const body = withoutShell(html);
    const offset = quoteOffset(body);
    return offset === undefined ? body : `${body.slice(0, offset)}${OPEN}${body.slice(offset)}${CLOSE}`;
  }
  const { fresh, quoted } = foldText(text.trim());
  return quoted ? `${htmlOf(fresh)}${OPEN}${htmlOf(quoted)}${CLOSE}` : htmlOf(fresh);
}

/** Only what stands in the body; a style or head would show as text in some sanitizers. */
function withoutShell(html: string): string {
  const body = /<body\b[^<>]*>/i.exec(html);
  const start = body ? body.index + body[0].length : 0;
  const end = html.toLowerCase().lastIndexOf('</body');
  return html.slice(start, end > start ? end : undefined);
}

/** Plain text as paragraphs, line breaks kept. */
export function htmlOf(text: string): string {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => `<p>${escapeHtml(paragraph.trimEnd()).replace(/\n/g, '<br>')}</p>`)
    .join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);

const CID_IMAGE = /(<img\b[^<>]*?)\bsrc\s*=\s*(?:"cid:([^"]{1,500})"|'cid:([^']{1,500})'|cid:([^\s>]{1,500}))/gi;

/** Pictures that came with the mail become pictures of the ticket. One that did not come loses its address. */
export function embedImages(html: string, fileIds: ReadonlyMap<string, string>): string {
  return html.replace(CID_IMAGE, (_, before: string, double?: string, single?: string, naked?: string) => {
    const fileId = fileIds.get(decoded(double ?? single ?? naked ?? '').toLowerCase());
    return fileId ? `${before}data-file-id="${fileId}"` : before;
  });
}

function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
