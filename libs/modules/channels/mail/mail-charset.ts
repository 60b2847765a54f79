import iconv from 'iconv-lite';

const CYRILLIC = ['windows-1251', 'koi8-r', 'cp866'] as const;
const ASCII_LIKE = new Set([
  '',
  'ascii',
  'us-ascii',
  'utf-8',
  'utf8',
  'unknown-8bit',
  'x-unknown',
  'unknown',
  'default',
  'binary',
]);
const OTHER_NAMES: Record<string, string> = {
  'cp-1251': 'windows-1251',
  'x-cp1251': 'windows-1251',
  koi8r: 'koi8-r',
  'x-sjis': 'shift_jis',
  'ks_c_5601-1987': 'cp949',
  'iso-8859-8-i': 'iso-8859-8',
};
/** How often a letter stands in Russian text, per mille; the rest is rare. */
const FREQUENCY = new Map(
  Object.entries({
    о: 110,
    е: 85,
    а: 80,
    и: 74,
    н: 67,
    т: 63,
    с: 55,
    р: 47,
    в: 45,
    л: 44,
    к: 35,
    м: 32,
    д: 30,
    п: 28,
    у: 26,
    я: 20,
    ы: 19,
    ь: 17,
    г: 17,
    з: 16,
    б: 16,
    ч: 14,
    й: 12,
    х: 10,
    ж: 9,
    ш: 7,
    ю: 6,
    ц: 5,
    щ: 4,
    э: 3,
    ф: 3,
    ъ: 1,
    ё: 1,
  }),
);

/** True when the bytes are valid UTF-8. */
export function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Text of bytes whose sender named a charset, named a wrong one, or none. Never throws. */
export function decodeText(bytes: Buffer, declared = ''): string {
  const charset = nameOf(declared);
  if (ASCII_LIKE.has(charset) || !iconv.encodingExists(charset)) return decodeUndeclared(bytes);
  return iconv.decode(bytes, charset);
}

function nameOf(declared: string): string {
  const name = declared
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  return OTHER_NAMES[name] ?? name;
}

/** UTF-8 when valid; otherwise the Cyrillic charset that reads most like Russian, or Latin-1 when none does. */
function decodeUndeclared(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const sample = bytes.subarray(0, 64 * 1024);
  const scored = CYRILLIC.map((charset) => ({ charset, score: russianness(iconv.decode(sample, charset)) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score > 0) return iconv.decode(bytes, best.charset);
  // Mostly valid UTF-8 with a torn character is still UTF-8.
  const utf8 = bytes.toString('utf8');
  return (utf8.match(/\uFFFD/g)?.length ?? 0) * 20 < utf8.length ? utf8 : iconv.decode(bytes, 'windows-1252');
}

/** Average frequency of the high letters as Russian ones; everything that is not a Russian letter counts against. */
function russianness(text: string): number {
  let score = 0;
  let high = 0;
  let before = '';
  for (const letter of text) {
    if (letter > '\u007f') {
      high += 1;
      const lower = letter.toLowerCase();
      score += FREQUENCY.get(lower) ?? (/[«»—–№…]/.test(letter) ? 0 : -150);
      // Capitals inside a word are the mark of koi8-r read as windows-1251 and the reverse.
      if (letter !== lower && FREQUENCY.has(before)) score -= 60;
      before = letter === lower ? lower : '';
    } else before = '';
  }
  return high ? score / high : 0;
}
