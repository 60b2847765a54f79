import type { TicketSlots } from '@/slots/ticket-slots';
import { lazy } from 'react';
import { ProgressCell } from './progress-cell';
import { ProgressChip } from './progress-chip';

const ChecklistTab = lazy(() => import('./checklist-tab').then((tab) => ({ default: tab.ChecklistTab })));

/** Checklists inside tickets: a tab beside the conversation, the progress in lists. */
export const checklistSlots: Partial<TicketSlots> = {
  tabs: [{ key: 'checklists', label: 'checklists.title', Panel: ChecklistTab }],
  header: [{ key: 'checklist', Item: ProgressChip }],
  rowMarks: [{ key: 'checklist', Mark: ProgressCell }],
  columns: [
    { key: 'checklist', label: 'checklists.column', width: '78px', Cell: ProgressCell, usuallyAfter: 'status' },
  ],
};
