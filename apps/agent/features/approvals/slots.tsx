import type { TicketSlots } from '@/slots/ticket-slots';
import { lazy } from 'react';

const TicketApprovals = lazy(() => import('./ticket-approvals').then((tab) => ({ default: tab.TicketApprovals })));

/** Approvals inside tickets: a tab beside the conversation. */
export const approvalSlots: Partial<TicketSlots> = {
  tabs: [{ key: 'approvals', label: 'approvals.title', Panel: TicketApprovals }],
};
