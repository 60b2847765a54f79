import DOMPurify from 'dompurify';

const BLOCKED = 'data-blocked-src';

/**
 * A second wall behind the server's: nothing that runs, loads or posts survives. Images of other hosts keep their address
 * aside until the reader asks for them.
 */
export function cleanHtml(
  html: string,
  { showsImages, origin }: { showsImages: boolean; origin: string },
): { fragment: DocumentFragment; blocked: number } {
  const fragment = DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      'style',
      'form',
      'input',
      'button',
      'textarea',
      'select',
      'video',
      'audio',
      'source',
      'picture',
      'dialog',
      'slot',
      'template',
    ],
    FORBID_ATTR: [
      'style',
      'srcset',
      'background',
      'ping',
      'id',
      'name',
      'class',
      'popover',
      'part',
      'slot',
      'exportparts',
    ],
    ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel|cid):|[/#]|data:image\/(?:png|jpe?g|gif|webp);base64,)/i,
  });
  let blocked = 0;
  for (const image of fragment.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    image.setAttribute('loading', 'lazy');
    image.setAttribute('referrerpolicy', 'no-referrer');
    if (!isRemote(source, origin) || showsImages) continue;
    image.removeAttribute('src');
    image.setAttribute(BLOCKED, source);
    blocked += 1;
  }
  for (const link of fragment.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
  }
  return { fragment, blocked };
}

function isRemote(source: string, origin: string): boolean {
  if (source.startsWith('data:') || source.startsWith('cid:')) return false;
  try {
    return new URL(source, origin).origin !== origin;
  } catch {
    return true;
  }
}
