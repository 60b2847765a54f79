/**
 * The filter grammar of the search box, saved views, URLs and the API:
 * `status:open -type:incident assignee:me created:>=2026-01-01 "phrase" words sort:-updated`.
 * Terms are joined by AND, the values of one key by OR. Pure: text in, terms out, and back to text.
 */
import {
  filterKeys,
  type FilterKey,
  formatSort,
  isCustomKey,
  isFilterKey,
  parseSort,
  type Placeholder,
  ruleOf,
  type TicketSort,
} from './ticket-filter-keys';
import { isMoment } from './ticket-filter-moment';

export const FILTER_MAX_LENGTH = 500;
export const FILTER_MAX_TERMS = 32;

/** `~` is «contains». */
export type Operator = '=' | '>' | '>=' | '<' | '<=' | '~';
export type TextTerm = { kind: 'text'; text: string; isPhrase: boolean; isNegated: boolean; position: number };
/** `isWord`: one of the key's own words (`me`, `none`), not a name that happens to read so. */
export type FilterValue = { text: string; isWord: boolean; position: number };
export type KeyTerm = {
  kind: 'key';
  key: FilterKey;
  operator: Operator;
  values: FilterValue[];
  isNegated: boolean;
  position: number;
};
export type FilterTerm = TextTerm | KeyTerm;
export type TicketFilter = { terms: FilterTerm[]; sort?: TicketSort };

/** The filter is not in the grammar: where, what stands there, and what was expected instead. */
export class FilterProblem extends Error {
  constructor(
    readonly position: number,
    readonly found: string,
    readonly expected: readonly (string | Placeholder)[],
  ) {
    super(`at ${position}: ${found}`);
  }
}

const KEY = /(cf\.[A-Za-z0-9_]+|[A-Za-z][A-Za-z_]*):/iy;
const OPERATOR = /(>=|<=|>|<|=)/y;
const PARTIAL = /(~)/y;
const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

class Reader {
  position = 0;
  constructor(readonly text: string) {}

  get char(): string | undefined {
    return this.text[this.position];
  }
  skipSpaces(): void {
    while (this.char !== undefined && isSpace(this.char)) this.position++;
  }
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.position = pattern.lastIndex;
    return found[1];
  }
  /** From an opening quote to the closing one; a backslash keeps the next character as it is. */
  quoted(): string {
    const start = this.position++;
    let value = '';
    while (this.char !== undefined && this.char !== '"') {
      if (this.char === '\\' && this.position + 1 < this.text.length) this.position++;
      value += this.text[this.position++];
    }
    if (this.char === undefined) throw new FilterProblem(start, this.text.slice(start), ['<quote>']);
    this.position++;
    return value;
  }
  until(stop: (char: string) => boolean): string {
    const start = this.position;
    while (this.char !== undefined && !isSpace(this.char) && !stop(this.char)) this.position++;
    return this.text.slice(start, this.position);
  }
}

/** Reads a filter; throws `FilterProblem` with the place of the first mistake. */
export function parseFilter(text: string): TicketFilter {
  if (text.length > FILTER_MAX_LENGTH)
    throw new FilterProblem(FILTER_MAX_LENGTH, text.slice(FILTER_MAX_LENGTH, FILTER_MAX_LENGTH + 20), ['<shorter>']);
  const reader = new Reader(text);
  const filter: TicketFilter = { terms: [] };
  let count = 0;
  for (reader.skipSpaces(); reader.char !== undefined; reader.skipSpaces()) {
    if (++count > FILTER_MAX_TERMS)
      throw new FilterProblem(reader.position, text.slice(reader.position, reader.position + 20), ['<shorter>']);
    readTerm(reader, filter);
  }
  return filter;
}

function readTerm(reader: Reader, filter: TicketFilter): void {
  const { position } = reader;
  const isNegated = reader.char === '-' && !isSpace(reader.text[position + 1]);
  if (isNegated) reader.position++;
  if (reader.char === '"') {
    filter.terms.push({ kind: 'text', text: reader.quoted(), isPhrase: true, isNegated, position });
    return;
  }
  const key = readKey(reader);
  if (!key) {
    filter.terms.push({ kind: 'text', text: reader.until(() => false), isPhrase: false, isNegated, position });
    return;
  }
  if (key === 'sort' && !isNegated) filter.sort = readSort(reader);
  else filter.terms.push(readKeyTerm(reader, key, isNegated, position));
}

/** A key of the grammar, or undefined where a colon merely follows a word: «Error: no paper», https://… */
function readKey(reader: Reader): FilterKey | undefined {
  const { position } = reader;
  const word = reader.match(KEY);
  if (word === undefined) return undefined;
  const key = word.toLowerCase();
  if (isFilterKey(key)) return key;
  if (isSpace(reader.char) || reader.text.startsWith('//', reader.position)) {
    reader.position = position;
    return undefined;
  }
  throw new FilterProblem(position, word, filterKeys());
}

function readSort(reader: Reader): TicketSort {
  const { position } = reader;
  const word = reader.until(() => false);
  return parseSort(word) ?? fail(position, word, 'sort');
}

function readKeyTerm(reader: Reader, key: FilterKey, isNegated: boolean, position: number): KeyTerm {
  if (key === 'sort') fail(position, '-sort', 'sort'); // an order cannot be negated
  const operatorAt = reader.position;
  const { compares, isPartial } = ruleOf(key);
  const operator = (reader.match(OPERATOR) ?? (isPartial && reader.match(PARTIAL)) ?? '=') as Operator;
  if (operator !== '=' && !compares) fail(operatorAt, operator, key);
  const values: FilterValue[] = [];
  do {
    const at = reader.position;
    const isQuoted = reader.char === '"';
    const text = isQuoted ? reader.quoted() : reader.until((char) => char === ',');
    values.push({ ...checked(key, text, at, isQuoted, operator), position: at });
  } while (reader.char === ',' && ++reader.position);
  if (!isSpace(reader.char)) throw new FilterProblem(reader.position, reader.char!, [' ', ',']);
  if (operator !== '=' && values.length > 1) throw new FilterProblem(values[1]!.position, values[1]!.text, ['<value>']);
  return { kind: 'key', key, operator, values, isNegated, position };
}

/** The value in its canonical form, or a refusal that says what the key takes. */
function checked(
  key: FilterKey,
  text: string,
  position: number,
  isQuoted: boolean,
  operator: Operator,
): Omit<FilterValue, 'position'> {
  const { words = [], also, compares } = ruleOf(key);
  if (text === '') fail(position, '', key);
  if (!isQuoted && operator === '=' && words.includes(text.toLowerCase()))
    return { text: text.toLowerCase(), isWord: true };
  if (key === 'has' && isCustomKey(text.toLowerCase())) return { text: text.toLowerCase(), isWord: true };
  const value = { text, isWord: false };
  if (also === 'name') return value;
  const isValid = (part: string) =>
    also === 'date' ? isMoment(part) : typeof also === 'object' && isNumber(part, also);
  const parts = compares && operator === '=' ? text.split('..') : [text];
  return parts.length <= 2 && parts.every(isValid) ? value : fail(position, text, key);
}

const isNumber = (text: string, { from, to }: { from: number; to: number }): boolean =>
  /^\d{1,16}$/.test(text) && Number(text) >= from && Number(text) <= to;

/** What a key takes, in words for a person. */
export function expectedOf(key: FilterKey): (string | Placeholder)[] {
  const { words = [], also } = ruleOf(key);
  if (!also) return [...words];
  return [...words, also === 'name' ? '<name>' : also === 'date' ? '<date>' : '<number>'];
}

function fail(position: number, found: string, key: FilterKey): never {
  throw new FilterProblem(position, found, expectedOf(key));
}

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function formatValue(key: FilterKey, { text, isWord }: FilterValue): string {
  const isPlain = /^(?!~)[^\s",<>=\\]+$/.test(text) && !ruleOf(key).words?.includes(text.toLowerCase());
  return isWord || isPlain ? text : quote(text);
}

function formatTerm(term: FilterTerm): string {
  const sign = term.isNegated ? '-' : '';
  if (term.kind === 'text') return sign + (term.isPhrase ? quote(term.text) : term.text);
  const operator = term.operator === '=' ? '' : term.operator;
  return `${sign}${term.key}:${operator}${term.values.map((value) => formatValue(term.key, value)).join(',')}`;
}

/** The canonical text of a filter: reading it again gives the same filter. */
export const formatFilter = ({ terms, sort }: TicketFilter): string =>
  [...terms.map(formatTerm), ...(sort ? [`sort:${formatSort(sort)}`] : [])].join(' ');

const OPEN_WORDS = ['open', 'pending', 'new', 'in_work', 'waiting_client', 'waiting_partner'];

const asksForBin = ({ terms }: TicketFilter): boolean =>
  terms.some((term) => term.kind === 'key' && term.key === 'is' && term.values.some(({ text }) => text === 'deleted'));

/** True when the filter asks about custom fields, or orders by one. */
export const asksForCustom = ({ terms, sort }: TicketFilter): boolean =>
  (sort !== undefined && isCustomKey(sort.key)) ||
  terms.some((term) => term.kind === 'key' && [term.key, ...term.values.map(({ text }) => text)].some(isCustomKey));

/** True when the filter asks what tickets lack by their forms. */
export const asksForIncomplete = ({ terms }: TicketFilter): boolean =>
  terms.some(
    (term) => term.kind === 'key' && term.key === 'is' && term.values.some(({ text }) => text === 'incomplete'),
  );

/** True when every ticket of the filter is open and out of the bin, so that the index of open tickets serves it. */
export const impliesOpen = (filter: TicketFilter): boolean =>
  !asksForBin(filter) &&
  filter.terms.some((term) => {
    if (term.kind !== 'key' || term.isNegated) return false;
    if (term.key === 'is') return term.values.every(({ text }) => text === 'open' || text === 'overdue');
    return term.key === 'status' && term.values.every(({ text, isWord }) => isWord && OPEN_WORDS.includes(text));
  });
