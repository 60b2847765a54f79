/** The keys of the filter grammar: what each accepts after its colon. */

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
export type TicketSortKey = (typeof TICKET_SORTS)[number];
export type TicketSort = { key: TicketSortKey; isDescending: boolean };

/** A short word for each sort, accepted after `sort:` beside the full name. */
const SORT_WORDS: Record<string, TicketSortKey> = {
  updated: 'updatedAt',
  created: 'createdAt',
  deadline: 'deadlineAt',
};

/** Reads `-updated`, `createdAt`…; undefined when there is no such order. */
export function parseSort(text: string): TicketSort | undefined {
  const isDescending = text.startsWith('-');
  const word = (isDescending ? text.slice(1) : text).toLowerCase();
  const key = SORT_WORDS[word] ?? TICKET_SORTS.find((sort) => sort.toLowerCase() === word);
  return key && { key, isDescending };
}

export const formatSort = ({ key, isDescending }: TicketSort): string => `${isDescending ? '-' : ''}${key}`;

/** What stands in the place of a value that is not one of a few words; named in the texts of the module. */
export type Placeholder = '<name>' | '<date>' | '<number>' | '<value>' | '<key>' | '<quote>' | '<shorter>';

type KeyRule = {
  /** Words with a meaning of their own. */
  words?: readonly string[];
  /** What else is accepted: a name, code or id that the database knows, a date, or a number within bounds. */
  also?: 'name' | 'date' | { from: number; to: number };
  /** Whether `>=`, `<` and ranges make sense. */
  compares?: true;
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
  is: { words: ['open', 'closed', 'unassigned', 'mine', 'watching', 'overdue', 'unread', 'deleted'] },
  sort: { words: [...TICKET_SORTS, ...TICKET_SORTS.map((sort) => `-${sort}`)] },
} as const satisfies Record<string, KeyRule>;

export type FilterKey = keyof typeof FILTER_KEYS;

export const ruleOf = (key: FilterKey): KeyRule => FILTER_KEYS[key];
export const isFilterKey = (text: string): text is FilterKey => Object.hasOwn(FILTER_KEYS, text);
