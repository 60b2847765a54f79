import type { Actor } from '@opora/platform/context';
import { SqlParams } from '@opora/platform/db';
import { expectedOf, FilterProblem, type FilterValue, type KeyTerm, type TicketFilter } from './ticket-filter';
import { expectedOfCustom, type FilterField, type FilterFields } from './ticket-filter-custom';
import { codeOf, type FilterKey, isCustomKey } from './ticket-filter-keys';
import { isDay } from './ticket-filter-moment';
import type { FormsOfTickets } from './ticket-incomplete-sql';

/** What a name of a filter stands for in the database. */
export type NamedRow = { id: string; position: number };
export type NameKind =
  'status' | 'type' | 'priority' | 'employee' | 'team' | 'company' | 'category' | 'contact' | 'object' | 'ticket';

/** Names of filters with the rows they stand for, and the person's time zone. */
export type FilterNames = {
  rows: ReadonlyMap<string, readonly NamedRow[]>;
  timeZone: string;
  /** The custom fields of tickets by code. */
  custom: FilterFields;
  /** What `is:incomplete` depends on; read only where a filter says it. */
  forms?: FormsOfTickets;
};

export const NO_NAMES: FilterNames = { rows: new Map(), timeZone: 'UTC', custom: new Map() };

const KIND_OF: Partial<Record<FilterKey, NameKind>> = {
  status: 'status',
  type: 'type',
  priority: 'priority',
  assignee: 'employee',
  author: 'employee',
  observer: 'employee',
  team: 'team',
  company: 'company',
  category: 'category',
  contact: 'contact',
  object: 'object',
};

/** Names that everybody on the staff may know: a wrong one is an error. Of clients, it finds nothing. */
const CLOSED_KINDS: readonly NameKind[] = ['status', 'type', 'priority', 'employee', 'team', 'category'];

const SETTINGS: readonly NameKind[] = ['status', 'type', 'priority', 'team', 'category'];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const keyOf = (kind: NameKind, value: string): string => `${kind}:${value.toLowerCase()}`;

/** The kind of name a key's value is, or undefined when the value is a word of the grammar or not a name at all. */
export const nameKindOf = (key: FilterKey, value: FilterValue): NameKind | undefined =>
  value.isWord ? undefined : KIND_OF[key];

/** The kind of name a value of a reference field is; a ticket is named by its number. */
const customKindOf = ({ type, reference }: FilterField, { text, isWord }: FilterValue): NameKind | undefined =>
  type === 'reference' && !isWord && !UUID.test(text) ? reference : undefined;

/** The rows of a named value. */
export const rowsOf = (names: FilterNames, key: FilterKey, value: FilterValue): readonly NamedRow[] =>
  names.rows.get(keyOf(nameKindOf(key, value)!, value.text)) ?? [];

/** The first value that is not what its key takes: a name nobody bears although it should be known, a custom field there is not. */
export function findUnknown(filter: TicketFilter, names: FilterNames): FilterProblem | undefined {
  for (const term of filter.terms) {
    if (term.kind === 'text') continue;
    const problem = isCustomKey(term.key) ? unknownCustom(term, names) : unknownName(term, names);
    if (problem) return problem;
  }
  return undefined;
}

function unknownName(term: KeyTerm, names: FilterNames): FilterProblem | undefined {
  const value = term.values.find((candidate) => {
    if (term.key === 'has') return isCustomKey(candidate.text) && !names.custom.has(codeOf(candidate.text));
    const kind = nameKindOf(term.key, candidate);
    return kind && CLOSED_KINDS.includes(kind) && !rowsOf(names, term.key, candidate).length;
  });
  return value && new FilterProblem(value.position, value.text, expectedOf(term.key));
}

function unknownCustom(term: KeyTerm, { custom }: FilterNames): FilterProblem | undefined {
  const field = custom.get(codeOf(term.key));
  if (!field)
    return new FilterProblem(
      term.position,
      term.key,
      [...custom.keys()].map((code) => `cf.${code}`),
    );
  for (const value of term.values) {
    const expected = expectedOfCustom(field, term.operator, value);
    if (expected) return new FilterProblem(value.position, value.text, expected);
  }
  return undefined;
}

const inBothLanguages = (row: string): string =>
  `lower(${row}.name->>'ru') = v.low OR lower(${row}.name->>'en') = v.low`;

/** For each kind: the rows, when a row bears the name, and when it only contains it (counts if nothing bears it). */
function source(
  kind: NameKind,
  actor: Actor,
): { table: string; position?: string; isExact: string; contains?: string } {
  switch (kind) {
    case 'status':
      return { table: 'ticket_status', isExact: `lower(x.code) = v.low OR ${inBothLanguages('x')}` };
    case 'type':
      return { table: 'ticket_type', isExact: `lower(x.code) = v.low OR ${inBothLanguages('x')}` };
    case 'priority':
      return { table: 'priority', position: 'x.position', isExact: `lower(x.code) = v.low OR ${inBothLanguages('x')}` };
    case 'employee':
      return {
        table: 'employee',
        isExact: 'lower(x.name) = v.low OR x.email = v.low',
        contains: 'lower(x.name) LIKE v.pattern',
      };
    case 'team':
      return { table: 'team', isExact: 'lower(x.name) = v.low' };
    case 'category':
      return { table: 'company_category', isExact: 'lower(x.code) = v.low OR lower(x.name) = v.low' };
    case 'company':
      return {
        table: 'company',
        isExact: 'lower(x.name) = v.low',
        contains: 'lower(x.name) LIKE v.pattern OR lower(x."additionalName") LIKE v.pattern',
      };
    case 'object':
      return { table: 'service_object', isExact: 'lower(x.name) = v.low', contains: 'lower(x.name) LIKE v.pattern' };
    case 'ticket':
      return { table: 'ticket', isExact: `x.number = CASE WHEN v.low ~ '^[0-9]{1,9}$' THEN v.low::int END` };
    case 'contact': {
      const isByEmail = actor.kind === 'system' || (actor.kind === 'employee' && actor.seesClientContacts);
      const email = ` OR x.id IN (SELECT "contactId" FROM contact_email WHERE email = v.low)`;
      return {
        table: 'contact',
        isExact: `lower(x.name) = v.low${isByEmail ? email : ''}`,
        contains: 'lower(x.name) LIKE v.pattern',
      };
    }
  }
}

/** How many names are asked for; `isOfHouse`: only names of settings, which everybody finds alike and nobody changes often. */
export type NameRequest = { sql: string; params: unknown[]; count: number; isOfHouse: boolean };
export type NameAnswer = {
  key: string;
  id: string | null;
  position: number;
  isExact: boolean;
  timeZone: string | null;
};

/** One query for every name and the time zone of some filters; undefined when they need none. */
export function askForNames(
  filters: readonly TicketFilter[],
  actor: Actor,
  custom: FilterFields = NO_NAMES.custom,
): NameRequest | undefined {
  const wanted = new Map<NameKind, Set<string>>();
  let needsZone = false;
  for (const term of filters.flatMap(({ terms }) => terms)) {
    if (term.kind === 'text') continue;
    const field = isCustomKey(term.key) ? custom.get(codeOf(term.key)) : undefined;
    needsZone ||= field?.type === 'date';
    for (const value of term.values) {
      const kind = field ? customKindOf(field, value) : nameKindOf(term.key, value);
      if (kind) wanted.set(kind, (wanted.get(kind) ?? new Set()).add(value.text.toLowerCase()));
      else needsZone ||= value.text.split('..').some(isDay);
    }
  }
  const params = new SqlParams();
  const parts = [...wanted].map(([kind, values]) => askKind(kind, [...values], actor, params));
  if (needsZone) {
    parts.push(`SELECT 'zone' AS key, NULL::uuid AS id, 0 AS position, true AS "isExact", COALESCE(e."timeZone", i."timeZone") AS "timeZone"
      FROM installation i LEFT JOIN employee e ON e.id = ${params.add(actor.kind === 'employee' ? actor.id : null)}::uuid WHERE i.id = 1`);
  }
  const isOfHouse = !needsZone && [...wanted.keys()].every((kind) => SETTINGS.includes(kind));
  const count = [...wanted.values()].reduce((sum, values) => sum + values.size, 0);
  return parts.length ? { sql: parts.join(' UNION ALL '), params: params.values, count, isOfHouse } : undefined;
}

function askKind(kind: NameKind, values: string[], actor: Actor, params: SqlParams): string {
  const { table, position = '0', isExact, contains } = source(kind, actor);
  const ids = params.add(values.map((value) => (UUID.test(value) ? value : null)));
  const patterns = params.add(values.map((value) => `%${value.replace(/[\\%_]/g, '\\$&')}%`));
  const exact = `(x.id = v.id OR ${isExact})`;
  return `SELECT '${kind}:' || v.low AS key, x.id, ${position} AS position, ${exact} AS "isExact", NULL AS "timeZone"
    FROM unnest(${params.add(values)}::text[], ${ids}::uuid[], ${patterns}::text[]) AS v(low, id, pattern)
    JOIN ${table} x ON ${contains ? `(${exact} OR ${contains})` : exact}`;
}

/** Rows that bear a name come before rows that merely contain it. */
export function namesOf(
  answers: readonly NameAnswer[],
  { custom, forms }: Pick<FilterNames, 'custom' | 'forms'> = NO_NAMES,
): FilterNames {
  const rows = new Map<string, NamedRow[]>();
  const exact = new Set(answers.filter((answer) => answer.isExact).map(({ key }) => key));
  for (const { key, id, position, isExact } of answers) {
    if (!id || (exact.has(key) && !isExact)) continue;
    rows.set(key, [...(rows.get(key) ?? []), { id, position }]);
  }
  return { rows, timeZone: answers.find((answer) => answer.timeZone)?.timeZone ?? 'UTC', custom, forms };
}
