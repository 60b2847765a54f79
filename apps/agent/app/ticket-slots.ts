import { joinTicketSlots } from '@/slots/ticket-slots';

/** What features show inside tickets, in order: one line each. */
export const ticketSlots = joinTicketSlots([]);
