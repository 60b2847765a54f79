import { SectionTabs } from '@/directory/section-tabs';
import { useHolds } from '@/api';

const READ = [
  { to: '/sla/stuck', label: 'sla.stuck.title' },
  { to: '/sla/report', label: 'sla.report.title' },
];
const DECIDE = { to: '/sla/excuses', label: 'sla.excuses.title' };

/** Stuck tickets, the report, excuses. */
export function SlaTabs() {
  const mayDecide = useHolds('sla.approve_excuse');
  const mayAsk = useHolds('sla.excuse');
  return <SectionTabs labelKey="sla.section" tabs={mayDecide || mayAsk ? [...READ, DECIDE] : READ} />;
}
