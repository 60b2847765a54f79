import { slaSlots } from '../features/sla/sla-slots';
import { joinTicketSlots } from '@/slots/ticket-slots';
import { notificationSlots } from '../features/notifications/slots';
import { approvalSlots } from '../features/approvals/slots';
import { automationSlots } from '../features/automation/slots';
import { checklistSlots } from '../features/checklists/slots';
import { dispatchSlots } from '../features/dispatch/slots';
import { macroSlots } from '../features/macros/slots';
import { worklogSlots } from '../features/worklogs/slots';

/** What features show inside tickets, in order: one line each. */
export const ticketSlots = joinTicketSlots([
  slaSlots,
  worklogSlots,
  checklistSlots,
  approvalSlots,
  notificationSlots,
  dispatchSlots,
  automationSlots,
  macroSlots,
]);
