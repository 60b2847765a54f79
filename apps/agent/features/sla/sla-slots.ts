import type { TicketSlots } from '@/slots/ticket-slots';
import { lazy } from 'react';
import { ClockChips, NextMark, ReactionCell, ResolutionCell } from './clock-chips';
import { UnownedBanner } from './unowned-banner';

const DeadlinesPanel = lazy(() => import('./deadlines-panel').then((panel) => ({ default: panel.DeadlinesPanel })));

/** What deadlines show inside tickets. */
export const slaSlots: Partial<TicketSlots> = {
  tabs: [{ key: 'deadlines', label: 'sla.panel.title', Panel: DeadlinesPanel }],
  header: [{ key: 'clocks', Item: ClockChips }],
  rowMarks: [{ key: 'clock', Mark: NextMark }],
  columns: [
    {
      key: 'reaction',
      label: 'sla.column.reaction',
      width: '108px',
      Cell: ReactionCell,
      usuallyAfter: 'status',
    },
    {
      key: 'resolution',
      label: 'sla.column.resolution',
      width: '118px',
      Cell: ResolutionCell,
      usuallyAfter: 'status',
    },
  ],
  banners: [{ key: 'unowned', Banner: UnownedBanner }],
};
