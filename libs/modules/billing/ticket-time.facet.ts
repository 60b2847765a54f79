import {
  defineFilterKey,
  defineTicketFacet,
  defineTicketSort,
  type FilterScope,
  type FilterValue,
  type Operator,
} from '@opora/modules/tickets';
import { seesAllTime } from './billing.access';
import { TicketTimeFacet } from './time-entries.dto';

const SUM = '(SELECT x.seconds FROM ticket_time x WHERE x."ticketId" = t.id)';

/** `spent:>120`: minutes worked on the ticket; `spent:none`: nothing yet. */
function condition(operator: Operator, { text, isWord }: FilterValue, { actor, params }: FilterScope): string {
  if (!seesAllTime(actor)) return 'false';
  const sum = `COALESCE(${SUM}, 0)`;
  if (isWord) return `${sum} = 0`;
  const [first = '', last] = text.split('..');
  const seconds = (minutes: string): string => `${params.add(Number(minutes) * 60)}::int`;
  if (last !== undefined) return `${sum} BETWEEN ${seconds(first)} AND ${seconds(last)}`;
  return `${sum} ${operator === '~' ? '=' : operator} ${seconds(first)}`;
}

/** Worked time in lists of tickets, on the card, in the filter and as an order. */
export function defineTicketTime(): void {
  defineTicketFacet('time', {
    view: TicketTimeFacet,
    select: ({ actor }) =>
      seesAllTime(actor)
        ? `SELECT jsonb_build_object('spentSeconds', x.seconds, 'withChildrenSeconds', x."treeSeconds") FROM ticket_time x WHERE x."ticketId" = t.id`
        : 'NULL::jsonb',
  });
  defineFilterKey('spent', { words: ['none'], also: { from: 0, to: 10_000_000 }, compares: true, condition });
  defineTicketSort('spent', {
    key: 'COALESCE(worked.seconds, 0)',
    type: 'bigint',
    join: 'LEFT JOIN ticket_time worked ON worked."ticketId" = t.id',
  });
}
