import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/sla-config/policies', label: 'slaConfig.policies.title' },
  { to: '/sla-config/calendars', label: 'slaConfig.calendars.title' },
  { to: '/sla-config/holidays', label: 'slaConfig.holidays.title' },
  { to: '/sla-config/reasons', label: 'slaConfig.reasons.title' },
];

/** Policies, calendars, production calendars, reasons of excuses. */
export const ConfigTabs = () => <SectionTabs labelKey="slaConfig.section" tabs={TABS} />;
