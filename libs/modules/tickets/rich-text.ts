import sanitizeHtml from 'sanitize-html';

/** A file of the house inside a text: `<img data-file-id="…">`. Its address is put in when the text is shown. */
const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The address of an uploaded file as the editor inserts it: the link's first part is the file's id. */
const FILE_LINK = /^(?:https?:\/\/[^/]+)?\/api\/v1\/files\/([0-9a-f-]{36})\.[\w.-]+(?:\?.*)?$/i;
const MAX_NESTING = 60;

const ATTRIBUTES: Record<string, string[]> = {
  a: ['href', 'title', 'rel'],
  img: ['src', 'alt', 'title', 'width', 'height', 'data-file-id'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start'],
  details: ['data-quote'],
};

const TAGS = [
  'p',
  'br',
  'hr',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'del',
  'sub',
  'sup',
  'a',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'code',
  'h1',
  'h2',
  'h3',
  'h4',
  'img',
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'td',
  'th',
  'caption',
  'div',
  'span',
  'details',
  'summary',
];

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: ATTRIBUTES,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'cid'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: MAX_NESTING,
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'svg',
    'math',
    'iframe',
    'object',
    'embed',
  ],
  transformTags: {
    h5: 'h4',
    h6: 'h4',
    strike: 's',
    a: (tagName, { href, title }) => ({
      tagName,
      attribs: { ...(href ? { href, rel: 'noopener noreferrer nofollow' } : {}), ...(title ? { title } : {}) },
    }),
    img: (tagName, attribs) => ({ tagName, attribs: imageAttributes(attribs) }),
  },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src && !attribs['data-file-id'],
};

function imageAttributes({
  src = '',
  alt,
  title,
  width,
  height,
  'data-file-id': given = '',
}: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const fileId = FILE_ID.test(given) ? given : FILE_LINK.exec(src)?.[1];
  const kept: sanitizeHtml.Attributes = fileId
    ? { 'data-file-id': fileId.toLowerCase() }
    : /^(https?:\/\/|cid:)/i.test(src)
      ? { src }
      : {};
  if (alt) kept.alt = alt;
  if (title) kept.title = title;
  for (const [name, value] of [
    ['width', width],
    ['height', height],
  ] as const)
    if (value && /^\d{1,4}$/.test(value)) kept[name] = value;
  return kept;
}

/** A text made safe to show: `original` is what came, if it differs. */
export type RichText = { html: string; text: string; original: string | null };

/** Makes HTML from outside safe by an allow-list. What it gives back passes through unchanged a second time. */
export function toRichText(source: string): RichText {
  const html = sanitizeHtml(source, OPTIONS).trim();
  return { html, text: plainText(html), original: html === source ? null : source };
}

/** Plain text as safe HTML: paragraphs and line breaks are kept. */
export function richTextOf(text: string): RichText {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
    .filter(Boolean);
  const html = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replace(/\n/g, '<br />')}</p>`).join('');
  return { html, text: text.trim(), original: null };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };

/** The words of safe HTML, for search, mail and previews. */
export function plainText(html: string): string {
  return html
    .replace(/<(br|hr)\b[^>]*>/gi, '\n')
    .replace(/<\/(p|div|li|tr|h[1-4]|blockquote|pre|table|details|summary)>/gi, '\n')
    .replace(/<\/t[dh]>/gi, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) =>
        name
          ? (NAMED[name.toLowerCase()] ?? whole)
          : fromCodePoint(parseInt(decimal ?? hex ?? '', decimal ? 10 : 16), whole),
    )
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const fromCodePoint = (code: number, otherwise: string): string =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : otherwise;

const FILE_IMAGE = /<img([^>]*?) data-file-id="([0-9a-f-]{36})"/gi;

/** Puts addresses to the files of a text; a file that `urlOf` does not know stays without one. */
export function withFileLinks(html: string, urlOf: (fileId: string) => string | undefined): string {
  if (!html.includes('data-file-id')) return html;
  return html.replace(FILE_IMAGE, (whole, before: string, fileId: string) => {
    const url = urlOf(fileId);
    return url ? `<img${before} src="${url}" data-file-id="${fileId}"` : whole;
  });
}

/** The files a safe text shows inside itself. */
export const filesInside = (html: string): string[] => [
  ...new Set([...html.matchAll(FILE_IMAGE)].map((found) => found[2]!.toLowerCase())),
];
