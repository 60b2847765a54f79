import type { TicketSlots } from '@/slots/ticket-slots';
import { SpentCell } from './spent-cell';
import { TimerButton } from './timer-button';
import { WorklogPanel } from './worklog-panel';

/** Worked time inside tickets: a panel beside the conversation, the timer in the header, a column of lists. */
export const worklogSlots: Partial<TicketSlots> = {
  panels: [{ key: 'worklogs', Panel: WorklogPanel }],
  header: [{ key: 'timer', Item: TimerButton }],
  columns: [{ key: 'spent', label: 'worklogs.column', width: '92px', sortKey: 'spent', Cell: SpentCell }],
};
