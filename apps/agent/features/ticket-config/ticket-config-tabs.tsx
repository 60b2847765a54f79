import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/ticket-config/types', label: 'ticketConfig.types.title' },
  { to: '/ticket-config/priorities', label: 'ticketConfig.priorities.title' },
  { to: '/ticket-config/processes', label: 'ticketConfig.processes.title' },
];

/** Types, priorities, processes. */
export const TicketConfigTabs = () => <SectionTabs labelKey="ticketConfig.section" tabs={TABS} />;
