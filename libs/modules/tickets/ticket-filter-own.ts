/** Keys of the filter grammar for tickets put aside and for families. */
import { defineFilterKey, defineTicketSort } from './ticket-filter-keys';
import type { FilterValue, Operator } from './ticket-filter';
import { type FilterScope, momentCondition } from './ticket-filter-sql';

const UNTIL = 't."putAsideUntil"';

export function defineOwnFilterKeys(): void {
  defineFilterKey('aside', {
    also: 'date',
    compares: true,
    words: ['none'],
    condition: (operator, value, scope) =>
      value.isWord ? `${UNTIL} IS NULL` : momentCondition(UNTIL, operator, value, scope),
  });
  defineFilterKey('parent', {
    also: { from: 1, to: 2_147_483_647 },
    condition: (_, { text }, { params }) =>
      `t."parentId" = (SELECT above.id FROM ticket above WHERE above.number = ${params.add(text)}::bigint)`,
  });
  const counted = (column: string) => ({
    also: { from: 0, to: 100_000 },
    compares: true as const,
    condition: (operator: Operator, { text }: FilterValue, { params }: FilterScope) => {
      const [from = '', to] = text.split('..');
      if (to !== undefined)
        return `${column} BETWEEN ${params.add(Number(from))}::int AND ${params.add(Number(to))}::int`;
      return `${column} ${operator === '~' ? '=' : operator} ${params.add(Number(from))}::int`;
    },
  });
  defineFilterKey('handovers', counted('t."handoverCount"'));
  defineFilterKey('pingpong', counted('t."pingPongCount"'));
  defineTicketSort('aside', { key: `COALESCE(${UNTIL}, 'infinity'::timestamptz)`, type: 'timestamptz', join: '' });
}
