import type { TicketSlots } from '@/slots/ticket-slots';
import { lazy } from 'react';
import { ProgressCell } from './progress-cell';

const ChecklistTab = lazy(() => import('./checklist-tab').then((tab) => ({ default: tab.ChecklistTab })));

/** Checklists inside tickets: a tab beside the conversation, the progress in lists. */
export const checklistSlots: Partial<TicketSlots> = {
  tabs: [{ key: 'checklists', label: 'checklists.title', Panel: ChecklistTab }],
  rowMarks: [{ key: 'checklist', Mark: ProgressCell }],
  columns: [
    { key: 'checklist', label: 'checklists.column', width: '78px', Cell: ProgressCell, usuallyAfter: 'status' },
  ],
};
