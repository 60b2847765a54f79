/** Turns a filter into one SQL condition over the alias `t`. Every value is a parameter; only words of the grammar are written out. */
import { type Actor } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { customCondition, customSort, hasCustom } from './ticket-filter-custom';
import { type FilterNames, nameKindOf, rowsOf } from './ticket-filter-names';
import type { FilterValue, KeyTerm, Operator, TicketFilter } from './ticket-filter';
import { addedKey, addedSort, codeOf, type FilterKey, isCustomKey, type TicketSort } from './ticket-filter-keys';
import { isShift, type Span, spanOf } from './ticket-filter-moment';
import { incompleteSql } from './ticket-incomplete-sql';
import { type Lookup, textCondition } from './ticket-search-sql';
import { covered, TicketPermission } from './tickets.access';

export type FilterScope = {
  actor: Actor;
  params: SqlParams;
  names: FilterNames;
  now: Date;
  lookup?: Lookup;
  /** The query reads open tickets only: what that implies is left out, so that the index of open tickets alone can answer. */
  isWithinOpen?: boolean;
};

/** Word for word the condition of the partial indexes. */
export const OPEN = `t."statusCategory" NOT IN ('done', 'closed')`;
const CLOSED = `t."statusCategory" IN ('done', 'closed')`;
const open = ({ isWithinOpen }: FilterScope): string => (isWithinOpen ? 'true' : OPEN);
const DEADLINE = `COALESCE(t."deadlineAt", 'infinity'::timestamptz)`;

/** The condition of a whole filter; deleted tickets are left out unless it asks for them. */
export function filterCondition(filter: TicketFilter, scope: FilterScope): string {
  const texts = filter.terms.filter((term) => term.kind === 'text');
  const keys = filter.terms.filter((term) => term.kind === 'key');
  const wantsDeleted = keys.some(
    (term) => term.key === 'is' && !term.isNegated && term.values.some(({ text }) => text === 'deleted'),
  );
  const inBin = wantsDeleted
    ? `(t."deletedAt" IS NULL OR ${covered(scope.actor, TicketPermission.restore, scope.params)})`
    : 't."deletedAt" IS NULL';
  return [
    scope.isWithinOpen ? 'true' : inBin,
    scope.isWithinOpen ? 'true' : unmerged(filter, scope),
    ...keys.map((term) => keyCondition(term, scope)),
    ...(texts.length ? [textCondition(texts, scope, scope.lookup ?? 'exact')] : []),
  ].join(' AND ');
}

/** Merged tickets are off the lists, unless they are asked for or their number is. */
function unmerged({ terms }: TicketFilter, { params }: FilterScope): string {
  if (terms.some((term) => term.kind === 'key' && (term.key === 'merged' || term.key === 'number'))) return 'true';
  const [word, ...others] = terms.flatMap((term) => (term.kind === 'text' ? [term.text] : []));
  const number = others.length ? undefined : /^[#№]?(\d{1,10})$/.exec(word ?? '')?.[1];
  return number ? `(t."mergedIntoId" IS NULL OR t.number = ${params.add(number)}::bigint)` : 't."mergedIntoId" IS NULL';
}

function keyCondition(term: KeyTerm, scope: FilterScope): string {
  const [first, ...rest] = term.values.map((value) => valueCondition(term, value, scope));
  const any = rest.length ? `(${[first, ...rest].join(' OR ')})` : first!;
  // What is unknown (no company, no deadline) does not have the negated value either.
  return term.isNegated ? `(${any}) IS NOT TRUE` : any;
}

function valueCondition(term: KeyTerm, value: FilterValue, scope: FilterScope): string {
  const { key } = term;
  const added = addedKey(key);
  if (added) return added.condition(term.operator, value, scope);
  if (isCustomKey(key)) return customCondition(term, value, scope);
  if (nameKindOf(key, value)) return nameCondition(key, term.operator, value, scope);
  switch (key) {
    case 'status':
      return statusWord(value.text, scope);
    case 'is':
      return isCondition(value.text, scope);
    case 'has':
      return isCustomKey(value.text) ? hasCustom(codeOf(value.text)) : HAS[value.text]!;
    case 'awaiting':
      return value.text === 'none' ? 't.awaiting IS NULL' : `t.awaiting = '${value.text}'`;
    case 'source':
      return `t.source = '${value.text}'`;
    case 'line':
      return `t."teamId" IN (SELECT id FROM team WHERE ${numberCondition('line', term.operator, value.text, scope)})`;
    case 'number':
      return numberCondition('t.number', term.operator, value.text, scope);
    case 'created':
    case 'updated':
    case 'deadline':
    case 'scheduled':
    case 'solved':
    case 'closed':
      return dateCondition(key as keyof typeof DATE_COLUMN, term.operator, value, scope);
    default:
      return personOrPlaceWord(key, value.text, scope);
  }
}

function statusWord(word: string, scope: FilterScope): string {
  if (word === 'open') return open(scope);
  if (word === 'pending') return `t."statusCategory" IN ('waiting_client', 'waiting_partner')`;
  return `t."statusCategory" = '${word}'`;
}

const HAS: Record<string, string> = {
  files: 't."fileCount" > 0',
  comments: 't."commentCount" > 0',
  deadline: 't."deadlineAt" IS NOT NULL',
  assignee: 't."assigneeId" IS NOT NULL',
  team: 't."teamId" IS NOT NULL',
  company: 't."companyId" IS NOT NULL',
  contact: 't."contactId" IS NOT NULL',
  object: 't."objectId" IS NOT NULL',
  parent: 't."parentId" IS NOT NULL',
  children: 'EXISTS (SELECT 1 FROM ticket child WHERE child."parentId" = t.id)',
};

const me = ({ actor, params }: FilterScope): string =>
  `${params.add(actor.kind === 'employee' ? actor.id : null)}::uuid`;
const myTeams = ({ actor, params }: FilterScope): string =>
  `${params.add(actor.kind === 'employee' ? actor.teamIds : [])}::uuid[]`;
const watchedBy = (subjects: string): string =>
  `t.id IN (SELECT "ticketId" FROM ticket_observer WHERE "subjectId" = ANY(${subjects}))`;

function isCondition(word: string, scope: FilterScope): string {
  switch (word) {
    case 'open':
      return open(scope);
    case 'closed':
      return CLOSED;
    case 'unassigned':
      return 't."assigneeId" IS NULL';
    case 'mine':
      return `t."assigneeId" = ${me(scope)}`;
    case 'watching':
      return watchedBy(`${me(scope)} || ${myTeams(scope)}`);
    case 'overdue':
      return `(${open(scope)} AND ${DEADLINE} < ${at(scope.now, scope)})`;
    case 'incomplete':
      return scope.names.forms ? incompleteSql(scope.names.forms, scope.params) : 'false';
    case 'put_aside':
      return 't."putAsideUntil" IS NOT NULL';
    case 'unread':
      return `(t."lastCommentAt" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket_read seen
        WHERE seen."ticketId" = t.id AND seen."employeeId" = ${me(scope)} AND seen."lastSeenAt" >= t."lastCommentAt"))`;
    default:
      return 't."deletedAt" IS NOT NULL';
  }
}

/** `me`, `mine` and `none` of the keys that name a person, a team or a place. */
function personOrPlaceWord(key: FilterKey, word: string, scope: FilterScope): string {
  if (word === 'none') return `t."${key}Id" IS NULL`;
  if (word === 'mine') return `t."teamId" = ANY(${myTeams(scope)})`;
  if (key === 'author') return `(t."authorId" = ${me(scope)} AND t."authorKind" = 'employee')`;
  return key === 'observer' ? watchedBy(`ARRAY[${me(scope)}]`) : `t."${key}Id" = ${me(scope)}`;
}

function nameCondition(key: FilterKey, operator: Operator, value: FilterValue, scope: FilterScope): string {
  const rows = rowsOf(scope.names, key, value);
  if (!rows.length) return 'false';
  if (operator !== '=') {
    const positions = rows.map((row) => row.position);
    const bound = operator.startsWith('>') ? Math.min(...positions) : Math.max(...positions);
    return `t."priorityId" IN (SELECT id FROM priority WHERE position ${operator} ${scope.params.add(bound)}::int)`;
  }
  const ids = `${scope.params.add(rows.map(({ id }) => id))}::uuid[]`;
  if (key === 'observer') return watchedBy(ids);
  if (key === 'author') return `(t."authorId" = ANY(${ids}) AND t."authorKind" = 'employee')`;
  if (key === 'category')
    return `t."companyId" IN (SELECT "companyId" FROM company_category_link WHERE "categoryId" = ANY(${ids}))`;
  if (key === 'object') return `t."objectId" IN (SELECT id FROM service_object WHERE path && ${ids})`;
  return `t."${key}Id" = ANY(${ids})`;
}

function numberCondition(column: string, operator: Operator, text: string, { params }: FilterScope): string {
  const [from = '', to] = text.split('..');
  if (to === undefined) return `${column} ${operator} ${params.add(from)}::bigint`;
  return `${column} BETWEEN ${params.add(from)}::bigint AND ${params.add(to)}::bigint`;
}

const DATE_COLUMN = {
  created: 't."createdAt"',
  updated: 't."updatedAt"',
  deadline: DEADLINE,
  scheduled: 't."scheduledFor"',
  solved: 't."solvedAt"',
  closed: 't."closedAt"',
} as const;

const at = (moment: Date, { params }: FilterScope): string => `${params.add(moment.toISOString())}::timestamptz`;
const isInstant = (span: Span): boolean => span.from.getTime() === span.to.getTime();

function dateCondition(
  key: keyof typeof DATE_COLUMN,
  operator: Operator,
  value: FilterValue,
  scope: FilterScope,
): string {
  if (value.isWord) return key === 'deadline' ? 't."deadlineAt" IS NULL' : `${DATE_COLUMN[key]} IS NULL`;
  // A ticket without a deadline is neither before nor after one.
  const known = key === 'deadline' ? ` AND t."deadlineAt" IS NOT NULL` : '';
  return `(${momentCondition(DATE_COLUMN[key], operator, value, scope)}${known})`;
}

/** The condition of a date in the grammar over a column of moments: a day, a span, `<2h`, `-3d`. */
export function momentCondition(column: string, operator: Operator, value: FilterValue, scope: FilterScope): string {
  const [first = '', last] = value.text.split('..');
  const span = spanOf(first, scope.now, scope.names.timeZone);
  if (last !== undefined) {
    const { to } = spanOf(last, scope.now, scope.names.timeZone);
    return within({ from: span.from, to }, column, isMomentEnd(last, scope), scope);
  }
  if (operator !== '=') return `${column} ${compared(operator, span, scope)}`;
  if (isShift(first)) {
    // `created:-3d` is the last three days, `deadline:+3d` the next three.
    const [from, to] = span.from < scope.now ? [span.from, scope.now] : [scope.now, span.from];
    return within({ from, to }, column, true, scope);
  }
  return within(span, column, isInstant(span), scope);
}

const isMomentEnd = (text: string, { now, names }: FilterScope): boolean =>
  isInstant(spanOf(text, now, names.timeZone));

const within = ({ from, to }: Span, column: string, isEndIncluded: boolean, scope: FilterScope): string =>
  `${column} >= ${at(from, scope)} AND ${column} ${isEndIncluded ? '<=' : '<'} ${at(to, scope)}`;

/** After a day means from its end on; up to a day includes it. */
function compared(operator: Operator, span: Span, scope: FilterScope): string {
  if (operator === '>') return isInstant(span) ? `> ${at(span.from, scope)}` : `>= ${at(span.to, scope)}`;
  if (operator === '<=') return isInstant(span) ? `<= ${at(span.from, scope)}` : `< ${at(span.to, scope)}`;
  return `${operator} ${at(span.from, scope)}`;
}

/** What a list is ordered by: the expression, the type of its values, and a table it needs besides the ticket. */
export type SortSql = { key: string; type: 'timestamptz' | 'bigint' | 'numeric' | 'text'; join: string };

export function sortSql({ key, isDescending }: TicketSort, { custom }: Pick<FilterNames, 'custom'>): SortSql {
  const added = addedSort(key);
  if (added) return added;
  const field = isCustomKey(key) ? custom.get(codeOf(key)) : undefined;
  if (field) return customSort(field, isDescending);
  switch (key) {
    case 'number':
      return { key: 't.number', type: 'bigint', join: '' };
    case 'priority':
      return { key: 'sp.position', type: 'bigint', join: 'JOIN priority sp ON sp.id = t."priorityId"' };
    case 'status':
      return {
        key: `array_position(ARRAY['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'], t."statusCategory") * 1000 + ss.position`,
        type: 'bigint',
        join: 'JOIN ticket_status ss ON ss.id = t."statusId"',
      };
    case 'deadlineAt':
      // Tickets without a deadline come last in either order.
      return {
        key: isDescending ? `COALESCE(t."deadlineAt", '-infinity'::timestamptz)` : DEADLINE,
        type: 'timestamptz',
        join: '',
      };
    default:
      return { key: `t."${key}"`, type: 'timestamptz', join: '' };
  }
}
