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

/** Whether the actor finds by comments and inner files, too. */
const readsTalk = ({ actor }: Searcher): boolean => actor.kind !== 'contact';

const FUZZY_FROM = 4;
const mayBeMistyped = ({ words }: SearchTerm): boolean =>
  words.length === 1 && words[0]!.length >= FUZZY_FROM && /^\p{L}+$/u.test(words[0]!);

/**
 * How the words are looked up: by their index; forgiving typing mistakes; or by the index but for those words of a list that nearly every
 * ticket has, which are looked for ticket by ticket.
 */
export type Lookup = 'exact' | 'fuzzy' | { isCommon: readonly boolean[] };

const foundBy = (query: string): string => `SELECT f FROM ticket_found(${query}) f`;

/** The ticket or one of its comments has the word. Scalar, so that no plan reads all vectors instead. */
const hasWord = (
  query: string,
): string => `(COALESCE((SELECT s.vector @@ (${query}) FROM ticket_search s WHERE s."ticketId" = t.id), false)
  OR COALESCE((SELECT bool_or(c.vector @@ (${query})) FROM comment_search c WHERE c."ticketId" = t.id), false))`;

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

/** Words may stand in different comments of a ticket, so that each is looked up alone; a client finds by the ticket's own words, all at once. */
function found(terms: readonly SearchTerm[], searcher: Searcher, lookup: Lookup): string {
  if (!terms.length) return 'false';
  if (lookup === 'fuzzy') return fuzzy(terms, searcher);
  const queries = terms.map((term) => termQuery(term, searcher));
  if (!readsTalk(searcher)) return `t.id IN (SELECT f FROM ticket_named(${queries.join(' && ')}) f)`;
  const isCommon = (index: number): boolean => typeof lookup === 'object' && lookup.isCommon[index] === true;
  const rare = queries.filter((_, index) => !isCommon(index));
  const common = queries.filter((_, index) => isCommon(index)).map(hasWord);
  const sets = rare.length ? [`t.id IN (${rare.map(foundBy).join(' INTERSECT ')})`] : [];
  return [...sets, ...common].join(' AND ');
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

/** Answers which of the words are common, by what the planner knows of them; undefined when there are none to ask about. */
export function commonnessSql(texts: readonly TextTerm[], searcher: Searcher): string | undefined {
  const terms = termsOf(texts);
  if (!terms.length || !readsTalk(searcher)) return undefined;
  const each = terms.map((term) => `ticket_mentions(${termQuery(term, searcher)}) >= ${COMMON_FROM}`);
  return `SELECT ARRAY[${each.join(', ')}] AS "isCommon"`;
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

/** The telling words of a text, whole ones only: each becomes `to_tsquery` when it is asked for. */
export function wordQueries(text: string): ((searcher: Searcher) => string)[] {
  const words = text.slice(0, 500).split(/\s+/).filter(Boolean).slice(0, 12);
  return words.flatMap((word) => searchTerms(word)).map((term) => (searcher) => termQuery(term, searcher));
}
