import type { TicketSlots } from '@/slots/ticket-slots';
import { TicketAutomation } from './ticket-automation';

/** Beside the conversation: what rules did to the ticket, and why. */
export const automationSlots: Partial<TicketSlots> = {
  panels: [{ key: 'automation', Panel: TicketAutomation }],
};
