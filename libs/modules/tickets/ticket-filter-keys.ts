/** The keys of the filter grammar: what each accepts after its colon. */
import { ValidateBy } from 'class-validator';
import type { FilterValue, Operator } from './ticket-filter';
import type { FilterScope, SortSql } from './ticket-filter-sql';

export const FILTER_SOURCES = [
  'portal',
  'email',
  'phone',
  'api',
  'agent',
  'partner',
  'schedule',
  'monitoring',
  'telegram',
] as const;

/** Sort keys of ticket lists; a leading minus turns the order round. */
export const TICKET_SORTS = ['updatedAt', 'createdAt', 'number', 'priority', 'deadlineAt', 'status'] as const;
/** A built-in order, or one that a module above defined. */
export type TicketSortKey = (typeof TICKET_SORTS)[number] | (string & {});
export type TicketSort = { key: TicketSortKey; isDescending: boolean };

/** A short word for each sort, accepted after `sort:` beside the full name. */
const SORT_WORDS = new Map<string, TicketSortKey>([
  ['updated', 'updatedAt'],
  ['created', 'createdAt'],
  ['deadline', 'deadlineAt'],
]);

/** Reads `-updated`, `createdAt`…; undefined when there is no such order. */
export function parseSort(text: string): TicketSort | undefined {
  const isDescending = text.startsWith('-');
  const word = (isDescending ? text.slice(1) : text).toLowerCase();
  const key =
    SORT_WORDS.get(word) ??
    TICKET_SORTS.find((sort) => sort.toLowerCase() === word) ??
    (addedSorts.has(word) || isCustomKey(word) ? word : undefined);
  return key === undefined ? undefined : { key, isDescending };
}

/** Validates an order of lists: `updatedAt`, `-priority`… */
export const IsTicketSort = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTicketSort',
    validator: {
      validate: (value) => typeof value === 'string' && parseSort(value) !== undefined,
      defaultMessage: () => `must be one of ${sorts().join(', ')}`,
    },
  });
const sorts = (): string[] => [...TICKET_SORTS, ...addedSorts.keys()].flatMap((sort) => [sort, `-${sort}`]);

export const formatSort = ({ key, isDescending }: TicketSort): string => `${isDescending ? '-' : ''}${key}`;

/** What stands in the place of a value that is not one of a few words; named in the texts of the module. */
export type Placeholder = '<name>' | '<date>' | '<number>' | '<value>' | '<key>' | '<quote>' | '<shorter>';

export type KeyRule = {
  /** Words with a meaning of their own. */
  words?: readonly string[];
  /** What else is accepted: a name, code or id that the database knows, a date, or a number within bounds. */
  also?: 'name' | 'date' | { from: number; to: number };
  /** Whether `>=`, `<` and ranges make sense. */
  compares?: true;
  /** Whether `~` finds a part of the text. */
  isPartial?: true;
};

const dates = (...words: string[]): KeyRule => ({ also: 'date', compares: true, words });
const NUMBER_MAX = 9_007_199_254_740_991;

export const FILTER_KEYS = {
  status: {
    also: 'name',
    words: ['open', 'pending', 'new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'],
  },
  type: { also: 'name' },
  priority: { also: 'name', compares: true },
  assignee: { also: 'name', words: ['me', 'none'] },
  author: { also: 'name', words: ['me'] },
  observer: { also: 'name', words: ['me'] },
  team: { also: 'name', words: ['mine', 'none'] },
  line: { also: { from: 1, to: 9 }, compares: true },
  company: { also: 'name', words: ['none'] },
  category: { also: 'name' },
  contact: { also: 'name', words: ['none'] },
  object: { also: 'name', words: ['none'] },
  created: dates(),
  updated: dates(),
  deadline: dates('none'),
  scheduled: dates('none'),
  solved: dates('none'),
  closed: dates('none'),
  awaiting: { words: ['us', 'client', 'none'] },
  has: {
    words: ['files', 'comments', 'deadline', 'assignee', 'team', 'company', 'contact', 'object', 'parent', 'children'],
  },
  source: { words: FILTER_SOURCES },
  number: { also: { from: 1, to: NUMBER_MAX }, compares: true },
  is: {
    words: [
      'open',
      'closed',
      'unassigned',
      'mine',
      'watching',
      'overdue',
      'put_aside',
      'unread',
      'incomplete',
      'deleted',
    ],
  },
  sort: { words: [...TICKET_SORTS, ...TICKET_SORTS.map((sort) => `-${sort}`)] },
} as const satisfies Record<string, KeyRule>;

type BuiltInKey = keyof typeof FILTER_KEYS;
export type FilterKey = BuiltInKey | (string & {});

/** A key whose meaning a module above knows: what it takes, and the SQL of one value over the alias `t`. */
export type AddedKey = KeyRule & { condition(operator: Operator, value: FilterValue, scope: FilterScope): string };

const addedKeys = new Map<string, AddedKey>();
const addedSorts = new Map<string, SortSql>();

/** Adds a key to the grammar, in lower case: `defineFilterKey('sla', { words: ['breached'], condition })`. */
export const defineFilterKey = (key: string, added: AddedKey): unknown => addedKeys.set(key, added);

/** Adds an order to lists; the expression reads the alias `t`, its join must keep every ticket. */
export const defineTicketSort = (key: string, sort: SortSql): unknown => addedSorts.set(key, sort);

export const addedKey = (key: string): AddedKey | undefined => addedKeys.get(key);
export const addedSort = (key: string): SortSql | undefined => addedSorts.get(key);
export const filterKeys = (): string[] => [...Object.keys(FILTER_KEYS), ...addedKeys.keys()];

/** A custom field by its code: `cf.serial`. What it takes depends on its type, which only the database knows. */
export const isCustomKey = (text: string): boolean => /^cf\.[a-z][a-z0-9_]{0,39}$/.test(text);
export const codeOf = (customKey: string): string => customKey.slice(3);
const CUSTOM_KEY: KeyRule = { words: ['none'], also: 'name', compares: true, isPartial: true };

const isBuiltIn = (text: string): text is BuiltInKey => Object.hasOwn(FILTER_KEYS, text);
export const isFilterKey = (text: string): text is FilterKey =>
  isBuiltIn(text) || addedKeys.has(text) || isCustomKey(text);
export const ruleOf = (key: FilterKey): KeyRule =>
  isBuiltIn(key) ? FILTER_KEYS[key] : isCustomKey(key) ? CUSTOM_KEY : addedKeys.get(key)!;
