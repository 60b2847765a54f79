import { TicketRef, MergedCountView } from './ticket-merge-refs.dto';
import { defineTicketFacet } from './ticket-facets';
import { defineFilterKey } from './ticket-filter-keys';
import { visibleTo } from './tickets.access';

/** Where a merged ticket leads, on cards and in lists, and how many a survivor has taken in; `merged:yes` finds what was merged away. */
export function defineTicketMerges(): void {
  defineTicketFacet('mergedInto', {
    view: TicketRef,
    select: ({ actor }, params) => `CASE WHEN t."mergedIntoId" IS NOT NULL THEN (
      SELECT jsonb_build_object('id', l.id, 'number', l.number, 'subject', l.subject) FROM ticket l
      WHERE l.id = ticket_survivor(t.id) AND l."deletedAt" IS NULL AND ${visibleTo(actor, params, 'l')}) END`,
  });
  defineTicketFacet('merged', {
    view: MergedCountView,
    isCardOnly: true,
    select: () =>
      `SELECT jsonb_build_object('count', count(*)) FROM ticket m WHERE m."mergedIntoId" = t.id HAVING count(*) > 0`,
  });
  defineFilterKey('merged', {
    words: ['yes', 'no'],
    condition: (_, { text }) => `t."mergedIntoId" IS ${text === 'yes' ? 'NOT ' : ''}NULL`,
  });
}
