/**
 * Words for the search index and for what people type: one normaliser for both sides. Pure.
 * PostgreSQL's Russian dictionary then finds the stems; `rootOf` adds what it keeps apart (печать — печатает, замена — заменить).
 */

/** What goes into the index for one piece of text: words for the Russian dictionary, roots and codes for the simple one. */
export type IndexText = { words: string; roots: string };

const TOKEN = /[\p{L}\p{N}]+(?:[-–—/._'’][\p{L}\p{N}]+)*/gu;
const PIECE = /\p{L}+|\p{N}+/gu;
const PHONE = /(?<![\p{L}\p{N}])\+?\d(?:[ ()-]{0,3}\d){9,14}(?![\p{L}\p{N}])/gu;
const LONGEST_WORD = 64;

const lower = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
const tokensOf = (text: string): string[] => lower(text).match(TOKEN) ?? [];
const hasDigit = (text: string): boolean => /\p{N}/u.test(text);

/** The pieces of a token, and the whole without its dashes when it is a code: `hp-7919` → hp, 7919, hp7919. */
function split(token: string): { pieces: string[]; code?: string } {
  const pieces = hasDigit(token) ? (token.match(PIECE) ?? []) : token.split(/[^\p{L}\p{N}]+/u);
  const code = hasDigit(token) && pieces.length > 1 ? pieces.join('') : undefined;
  return { pieces, code };
}

/** The last ten digits: the same for +7 912…, 8912… and 912…. */
const subscriber = (digits: string): string => digits.slice(-10);

/** The phone numbers of a text, as their last ten digits. */
export const phonesOf = (text: string): string[] =>
  (text.match(PHONE) ?? []).map((phone) => subscriber(phone.replace(/\D/g, '')));

/** Splits a text for the index. */
export function indexText(text: string): IndexText {
  const words: string[] = [];
  const roots = new Set<string>();
  for (const token of tokensOf(text)) {
    const { pieces, code } = split(token);
    for (const piece of [...pieces, ...(code ? [code] : [])]) {
      if (piece.length > LONGEST_WORD) continue;
      words.push(piece);
      roots.add(rootOf(piece));
    }
  }
  for (const phone of phonesOf(text)) roots.add(phone);
  return { words: words.join(' '), roots: [...roots].join(' ') };
}

/** One condition of a search: words that must stand in this order, or any of some spellings, or the beginning of a word. */
export type SearchTerm = {
  /** Words for the Russian dictionary, in their order. */
  words: string[];
  /** Lexemes, any of which satisfies the term as well. */
  lexemes: string[];
  /** The typed beginning of a word. */
  prefix?: string;
};

/** Words so frequent that the dictionary drops them; a search of nothing else keeps them. */
const STOP = new Set(
  (
    'и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня о из ему теперь когда ' +
    'даже ну ли если или ни быть был него до вас нибудь уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам без будто чего раз тоже себе под будет ж тогда кто этот the a an of to in is and or for'
  ).split(' '),
);

/** The terms of one typed text: a phrase is one term, otherwise each token is one. `isLast` adds the prefix of unfinished typing. */
export function searchTerms(text: string, isPhrase = false, isLast = false): SearchTerm[] {
  const tokens = tokensOf(text);
  if (isPhrase) {
    const words = tokens.flatMap((token) => split(token).pieces).filter((word) => word.length <= LONGEST_WORD);
    return words.length ? [{ words, lexemes: [] }] : [];
  }
  return tokens.flatMap((token, index) => termOf(token, isLast && index === tokens.length - 1));
}

function termOf(token: string, isLast: boolean): SearchTerm[] {
  const { pieces, code } = split(token);
  if (pieces.some((piece) => piece.length > LONGEST_WORD))
    return [{ words: [], lexemes: [token.slice(0, LONGEST_WORD)] }];
  if (code) return [{ words: pieces, lexemes: [code] }];
  const [word = ''] = pieces;
  if (pieces.length > 1) return [{ words: pieces, lexemes: [] }];
  const lexemes = new Set([rootOf(word)]);
  if (/^\d{10,15}$/.test(word)) lexemes.add(subscriber(word));
  return [
    {
      words: [word],
      lexemes: [...lexemes],
      ...(isLast && word.length >= 3 && !hasDigit(word) ? { prefix: word } : {}),
    },
  ];
}

/** Typed words as they follow one another: a phone written with spaces becomes one term, frequent words give way to the rest. */
export function termsOfWords(words: readonly string[]): SearchTerm[] {
  const joined = words.join(' ');
  const phones = phonesOf(joined).map((phone) => ({ words: [], lexemes: [phone] }));
  const rest = joined.replace(PHONE, ' ').split(/\s+/).filter(Boolean);
  const telling = rest.filter((word) => !STOP.has(lower(word)));
  const kept = telling.length + phones.length > 0 ? telling : rest;
  return [...phones, ...kept.flatMap((word, index) => searchTerms(word, false, index === kept.length - 1))];
}

/** Endings of nouns, adjectives and verbs, longest first. */
const ENDINGS = (
  'ировать ирование ирования ированию ированием ировании ировал ировала ировали ировано ирован ирована ированы ируется ируются ируешь ируете ируют ирует ируем ' +
  'ающего ающему ающими ающая ающее ающие ающий ающих ающую ывается ываются ывают ывает ивают ивает ывать ивать ывание ивание ' +
  'ениями ениях аниями аниях ением анием ениям аниям ение ания ание ению анию ении ании ений аний ения енный енная енное енные енного енной енных ' +
  'анный анная анное анные анного анной анных аемый емый иями иях иям ией ию ия ии ий ие ' +
  'ются ется ятся ится аются ается яются яется ался алась алось ались ился илась илось ились ешься ишься ' +
  'ают ает аем аете аешь яют яет яем яете яешь ует уют уем ала али ало ать яла яли яло ять ила или ило ить ела ели ело еть ишь ите ите ешь ете ' +
  'ами ями ого его ому ему ыми ими ая яя ое ее ые ие ый ий ой ей ую юю ых их ом ем ам ям ах ях ов ев им ым ал ял ил ел ен ят ат ит ут ют ет ' +
  'а е и й о у ы ь ю я'
)
  .split(' ')
  .sort((one, other) => other.length - one.length);

const SUFFIXES = ['иров', 'енн', 'анн', 'ици', 'ац', 'ир', 'ск', 'к', 'н'];
const SHORTEST_ROOT = 4;
const VOWEL_OR_SIGN = /[аеиоуыэюяьъй]/;

function cut(word: string, ends: readonly string[]): string {
  const end = ends.find((candidate) => word.endsWith(candidate) && word.length - candidate.length >= SHORTEST_ROOT);
  return end ? word.slice(0, -end.length) : word;
}

/** The part of a Russian word that its family shares; any other word stays as it is. */
export function rootOf(word: string): string {
  if (word.length <= SHORTEST_ROOT || !/^[а-я]+$/.test(word)) return word;
  const bare = cut(word, ['ся', 'сь']);
  let root = cut(bare, ENDINGS);
  const shorter = cut(root, SUFFIXES);
  // A lone «к» or «н» is a suffix after a consonant only: установк-, серверн-.
  if (root.length - shorter.length > 1 || !VOWEL_OR_SIGN.test(shorter.at(-1) ?? '') || /йк$/.test(root)) root = shorter;
  if (/[бвмпф]л$/.test(root) && root.length > SHORTEST_ROOT) root = root.slice(0, -1); // обновл- — обнов-
  return root.length > SHORTEST_ROOT ? root.replace(/[йь]$/, '') : root;
}
