import { defineFilterKey, defineTicketFacet, type FilterValue } from '@opora/modules/tickets';
import { ChecklistProgressView } from './checklist-views.dto';

const ROW = 'FROM ticket_checklist x WHERE x."ticketId" = t.id AND x.total > 0';

/** `checklist:done`, `open`, `none`. */
const CONDITIONS: Record<string, string> = {
  done: `EXISTS (SELECT 1 ${ROW} AND x.done >= x.total)`,
  open: `EXISTS (SELECT 1 ${ROW} AND x.done < x.total)`,
  none: `NOT EXISTS (SELECT 1 ${ROW})`,
};

/** How far the checklists are, in lists of tickets, on the card and in the filter. */
export function defineTicketChecklist(): void {
  defineTicketFacet('checklist', {
    view: ChecklistProgressView,
    select: () =>
      `SELECT jsonb_build_object('done', x.done, 'total', x.total, 'requiredDone', x."requiredDone", 'required', x.required) ${ROW}`,
  });
  defineFilterKey('checklist', {
    words: Object.keys(CONDITIONS),
    condition: (_operator, { text }: FilterValue) => CONDITIONS[text] ?? 'false',
  });
}
