const MAX_LENGTH = 200;
// Control characters, path separators, and the marks that turn text around (U+202A–202E, U+2066–2069).
// eslint-disable-next-line no-control-regex -- these are what must go
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A name that is safe to show and to save: no paths, no control or bidirectional marks, at most 200 characters. */
export function safeFileName(name: string): string {
  const cleaned = name
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSAFE, '_')
    .replace(/^[.\s_]+/, '')
    .replace(/[.\s]+$/, '');
  if (!cleaned) return 'file';
  if (cleaned.length <= MAX_LENGTH) return cleaned;
  const dot = cleaned.lastIndexOf('.');
  const extension = dot > cleaned.length - 16 && dot > 0 ? cleaned.slice(dot) : '';
  return cleaned.slice(0, MAX_LENGTH - extension.length).toWellFormed() + extension;
}

const INLINE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'audio/mpeg', 'video/mp4']);

/** Only these are shown in the browser; everything else is downloaded, so no upload can act as a page of ours. */
export const isShownInline = (mime: string): boolean => INLINE.has(mime);

const VECTOR = 'image/svg+xml';
/** Pictures, sounds and films begin with a signature: what lacks it is none, whatever the sender calls it. A vector drawing is a text. */
export const isByItsBytes = (mime: string): boolean => /^(image|audio|video)\//.test(mime) && mime !== VECTOR;

const PHOTOS = new Set(
  [
    'jpeg',
    'png',
    'apng',
    'gif',
    'webp',
    'avif',
    'heic',
    'heif',
    'heic-sequence',
    'heif-sequence',
    'tiff',
    'bmp',
    'jxl',
  ].map((kind) => `image/${kind}`),
);
/** What a camera or a phone makes, or a screenshot: a drawing that may carry a script, an icon or a page is none. */
export const isPhoto = (mime: string): boolean => PHOTOS.has(mime);
