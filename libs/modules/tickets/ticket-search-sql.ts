/** Searched words as SQL conditions over ticket_search. Pure. */
import type { Actor } from '@opora/platform/context';
import { SqlParams } from '@opora/platform/db';
import { type SearchTerm, searchTerms, termsOfWords } from './search-text';
import type { TextTerm } from './ticket-filter';

/** Who searches: by it some weights are left out, so that nobody finds by words he may not read. */
type Searcher = { actor: Actor; params: SqlParams };

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
    ...(words.length
      ? [`to_tsquery('russian', ${params.add(words.map((word) => `${word}${mark}`).join(' <-> '))})`]
      : []),
    ...(spellings.length ? [`to_tsquery('simple', ${params.add(spellings.join(' | '))})`] : []),
  ];
  return parts.length > 1 ? `(${parts.join(' || ')})` : parts[0]!;
}

/** Everything a ticket must have. */
const allOf = (terms: readonly SearchTerm[], searcher: Searcher): string =>
  terms.map((term) => termQuery(term, searcher)).join(' && ');

const FUZZY_FROM = 4;
const mayBeMistyped = ({ words }: SearchTerm): boolean =>
  words.length === 1 && words[0]!.length >= FUZZY_FROM && /^\p{L}+$/u.test(words[0]!);

/** How the words are looked up: by their index; forgiving typing mistakes; or ticket by ticket, when nearly every ticket has them. */
export type Lookup = 'exact' | 'fuzzy' | 'common';

const foundBy = (query: string): string => `SELECT f FROM ticket_found(${query}, NULL) f`;

/** Each word by the dictionary or by likeness with the subject and the names. */
function fuzzy(terms: readonly SearchTerm[], searcher: Searcher): string {
  const sets = terms.map((term) => {
    const exact = foundBy(termQuery(term, searcher));
    return mayBeMistyped(term)
      ? `(${exact} UNION SELECT f FROM ticket_alike(${searcher.params.add(term.words[0])}) f)`
      : `(${exact})`;
  });
  return `t.id IN (${sets.join(' INTERSECT ')})`;
}

function found(terms: readonly SearchTerm[], searcher: Searcher, lookup: Lookup): string {
  if (!terms.length) return 'false';
  if (lookup === 'fuzzy') return fuzzy(terms, searcher);
  const query = allOf(terms, searcher);
  return lookup === 'exact'
    ? `t.id IN (${foundBy(query)})`
    : `(SELECT s.vector @@ (${query}) FROM ticket_search s WHERE s."ticketId" = t.id)`;
}

/** The words and phrases a ticket must have. */
function termsOf(texts: readonly TextTerm[]): SearchTerm[] {
  const wanted = texts.filter((term) => !term.isNegated);
  const words = termsOfWords(wanted.filter((term) => !term.isPhrase).map((term) => term.text));
  return [...words, ...wanted.filter((term) => term.isPhrase).flatMap((term) => searchTerms(term.text, true))];
}

/** The condition of a filter's words and phrases over the alias `t`. */
export function textCondition(texts: readonly TextTerm[], searcher: Searcher, lookup: Lookup): string {
  const isWanted = texts.some((term) => !term.isNegated);
  const positive = isWanted ? [found(termsOf(texts), searcher, lookup)] : [];
  const negative = texts
    .filter((term) => term.isNegated)
    .map((term) => `NOT (${found(searchTerms(term.text, term.isPhrase), searcher, 'exact')})`);
  return [...positive, ...negative].join(' AND ');
}

/** From so many matches on, walking the list in its order finds a page sooner than sorting all that match. */
const COMMON_FROM = 10_000;

/** Answers whether the words are common; undefined when there are none. */
export function commonnessSql(texts: readonly TextTerm[], searcher: Searcher): string | undefined {
  const terms = termsOf(texts);
  if (!terms.length) return undefined;
  return `SELECT count(*) >= ${COMMON_FROM} AS "isCommon" FROM ticket_found(${allOf(terms, searcher)}, ${COMMON_FROM})`;
}

/** How many of the words stand in the subject and the names of alias `s`: those tickets come first. */
export function closenessOf(texts: readonly TextTerm[], params: SqlParams): string {
  const roots = termsOf(texts).flatMap(({ words, lexemes }) => lexemes.slice(0, 1).concat(lexemes.length ? [] : words));
  return roots.map((root) => `(s."shortText" LIKE ${params.add(`%${root}%`)})::int`).join(' + ') || 'NULL::int';
}

/** Whether some of the words could be mistyped, so that a second look is worth while. */
export const isForgivable = (texts: readonly TextTerm[]): boolean =>
  termsOfWords(texts.filter((term) => !term.isNegated && !term.isPhrase).map((term) => term.text)).some(mayBeMistyped);

/** Tickets found by plain words, for lists without the filter grammar; a client finds by what a client can read. */
export function ticketTextCondition(text: string, params: SqlParams, actor: Actor): string {
  const words = text.slice(0, 500).split(/\s+/).filter(Boolean).slice(0, 32);
  return found(termsOfWords(words), { actor, params }, 'exact');
}
