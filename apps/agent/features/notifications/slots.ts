import type { TicketSlots } from '@/slots/ticket-slots';
import { MuteButton } from './mute-button';

/** What notifications show inside tickets. */
export const notificationSlots: Partial<TicketSlots> = { header: [{ key: 'mute', Item: MuteButton }] };
