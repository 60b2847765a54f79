import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/ticket-config/types', label: 'ticketConfig.types.title' },
  { to: '/ticket-config/priorities', label: 'ticketConfig.priorities.title' },
  { to: '/ticket-config/processes', label: 'ticketConfig.processes.title' },
  { to: '/ticket-config/bindings', label: 'ticketConfig.bindings.title' },
  { to: '/ticket-config/matrix', label: 'ticketConfig.matrix.title' },
];

/** Types, priorities, processes, whose process is whose, priorities by impact and urgency. */
export const TicketConfigTabs = () => <SectionTabs labelKey="ticketConfig.section" tabs={TABS} />;
