/** Keys of the filter grammar for tickets put aside and for families. */
import { defineFilterKey, defineTicketSort } from './ticket-filter-keys';
import { momentCondition } from './ticket-filter-sql';

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
  defineTicketSort('aside', { key: `COALESCE(${UNTIL}, 'infinity'::timestamptz)`, type: 'timestamptz', join: '' });
}
