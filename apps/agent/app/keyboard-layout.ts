const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

/** The same keys read in the other layout: «pfzdrb» is «заявки», «шт» is «in». */
export function otherLayout(text: string): string {
  return [...text.toLowerCase()]
    .map((char) => {
      const latin = LATIN.indexOf(char);
      if (latin >= 0) return CYRILLIC[latin];
      const cyrillic = CYRILLIC.indexOf(char);
      return cyrillic >= 0 ? LATIN[cyrillic] : char;
    })
    .join('');
}

/** How well a label answers a query typed in either layout: 0 is not at all. */
export function scoreOf(label: string, query: string): number {
  return Math.max(
    scoreIn(label.toLowerCase(), query.toLowerCase()),
    scoreIn(label.toLowerCase(), otherLayout(query)) * 0.9,
  );
}

function scoreIn(label: string, query: string): number {
  if (!query) return 1;
  const at = label.indexOf(query);
  if (at === 0) return 4;
  if (at > 0) return /[\s«(]/.test(label[at - 1] as string) ? 3 : 2;
  // Letters in order with gaps: «нвз» finds «новая заявка».
  let position = 0;
  for (const char of query) {
    position = label.indexOf(char, position) + 1;
    if (position === 0) return 0;
  }
  return query.length >= 3 ? 1 : 0;
}
