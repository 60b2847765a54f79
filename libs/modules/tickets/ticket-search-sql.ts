/** Searched words as SQL conditions over ticket_search. Pure. */
import type { Actor } from '@opora/platform/context';
import { SqlParams } from '@opora/platform/db';
import { type SearchTerm, searchTerms, termsOfWords } from './search-text';
import type { TextTerm } from './ticket-filter';

/** Who searches: by it some weights are left out, so that nobody finds by words he may not read. */
type Searcher = { actor: Actor; params: SqlParams; isFuzzy?: boolean };

/** Weights of the words the actor may find by; empty means all. */
function weightsFor(actor: Actor): string {
  if (actor.kind === 'system') return '';
  if (actor.kind === 'employee') return actor.seesClientContacts ? '' : 'ACD';
  return 'AC';
}

/** `to_tsquery` of one term; its words hold letters and digits only. */
function termQuery({ words, lexemes, prefix }: SearchTerm, { actor, params }: Searcher): string {
  const weights = weightsFor(actor);
  const mark = weights && `:${weights}`;
  const spellings = [...lexemes.map((lexeme) => `${lexeme}${mark}`), ...(prefix ? [`${prefix}:*${weights}`] : [])];
  const parts = [
    ...(words.length ? [`to_tsquery('russian', ${params.add(words.map((word) => `${word}${mark}`).join(' <-> '))})`] : []),
    ...(spellings.length ? [`to_tsquery('simple', ${params.add(spellings.join(' | '))})`] : []),
  ];
  return parts.length > 1 ? `(${parts.join(' || ')})` : parts[0]!;
}

const FUZZY_FROM = 4;
const mayBeMistyped = ({ words }: SearchTerm): boolean => words.length === 1 && words[0]!.length >= FUZZY_FROM && /^\p{L}+$/u.test(words[0]!);

/** Tickets that have all these words: each by the dictionary or, when mistakes are forgiven, by likeness with the subject and the names. */
function matching(terms: SearchTerm[], searcher: Searcher): string {
  if (!terms.length) return 'false';
  if (!searcher.isFuzzy) return `s.vector @@ (${terms.map((term) => termQuery(term, searcher)).join(' && ')})`;
  return terms
    .map((term) => {
      const exact = `s.vector @@ ${termQuery(term, searcher)}`;
      return mayBeMistyped(term) ? `(${exact} OR ${searcher.params.add(term.words[0])}::text <% s."shortText")` : exact;
    })
    .join(' AND ');
}

const found = (condition: string): string =>
  condition === 'false' ? 'false' : `t.id IN (SELECT s."ticketId" FROM ticket_search s WHERE ${condition})`;

/** How well a ticket of alias `s` answers the words: names and numbers before the description, that before the talk. */
export function rankOf(texts: readonly TextTerm[], searcher: Searcher): string {
  const terms = termsOf(texts);
  return terms.length ? `ts_rank(s.vector, ${terms.map((term) => termQuery(term, searcher)).join(' || ')})` : '0';
}

/** The words and phrases a ticket must have. */
function termsOf(texts: readonly TextTerm[]): SearchTerm[] {
  const wanted = texts.filter((term) => !term.isNegated);
  const words = termsOfWords(wanted.filter((term) => !term.isPhrase).map((term) => term.text));
  return [...words, ...wanted.filter((term) => term.isPhrase).flatMap((term) => searchTerms(term.text, true))];
}

/** The condition of a filter's words and phrases over the alias `t`. */
export function textCondition(texts: readonly TextTerm[], searcher: Searcher): string {
  const isWanted = texts.some((term) => !term.isNegated);
  const positive = isWanted ? [found(matching(termsOf(texts), searcher))] : [];
  const negative = texts
    .filter((term) => term.isNegated)
    .map((term) => `NOT (${found(matching(searchTerms(term.text, term.isPhrase), { ...searcher, isFuzzy: false }))})`);
  return [...positive, ...negative].join(' AND ');
}

/** Whether some of the words could be mistyped, so that a second look is worth while. */
export const isForgivable = (texts: readonly TextTerm[]): boolean =>
  termsOfWords(texts.filter((term) => !term.isNegated && !term.isPhrase).map((term) => term.text)).some(mayBeMistyped);

/** Tickets found by plain words, for lists without the filter grammar; a client finds by what a client can read. */
export function ticketTextCondition(text: string, params: SqlParams, actor: Actor): string {
  const words = text.slice(0, 500).split(/\s+/).filter(Boolean).slice(0, 32);
  return found(matching(termsOfWords(words), { actor, params }));
}
