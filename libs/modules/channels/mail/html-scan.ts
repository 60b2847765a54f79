/** Looking through HTML of strangers. Everything here takes time in proportion to the length, whatever the text. */

const OPENING = /<(style|head|script|title|svg|math|object|iframe|textarea|noscript|template)\b/gi;

/** The HTML without elements whose content is never shown. One that is not closed reaches to the end. */
export function withoutHidden(html: string): string {
  const lower = html.toLowerCase();
  const shown: string[] = [];
  let at = 0;
  OPENING.lastIndex = 0;
  for (let found = OPENING.exec(html); found; found = OPENING.exec(html)) {
    shown.push(html.slice(at, found.index));
    const closing = lower.indexOf(`</${found[1]!.toLowerCase()}`, found.index);
    const end = closing < 0 ? -1 : html.indexOf('>', closing);
    if (end < 0) return shown.join('');
    at = end + 1;
    OPENING.lastIndex = at;
  }
  shown.push(html.slice(at));
  return shown.join('');
}

/** The words of the HTML, tags gone. */
export const wordsIn = (html: string): string => withoutHidden(html).replace(/<[^<>]*>|&nbsp;|&#160;/gi, ' ');

/** Something to read or to see. */
export const hasContent = (html: string): boolean => /<img\b/i.test(html) || wordsIn(html).trim().length > 0;
