import type { TicketSlots } from '@/slots/ticket-slots';
import { TicketAutomation } from './ticket-automation';

/** A tab of the ticket: what rules did to it, and why. */
export const automationSlots: Partial<TicketSlots> = {
  tabs: [{ key: 'automation', label: 'automation.tab', Panel: TicketAutomation }],
};
