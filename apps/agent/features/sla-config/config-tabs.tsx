import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/sla-config/policies', label: 'slaConfig.policies.title' },
  { to: '/sla-config/calendars', label: 'slaConfig.calendars.title' },
  { to: '/sla-config/holidays', label: 'slaConfig.holidays.title' },
  { to: '/sla-config/objects', label: 'slaConfig.objects.title' },
  { to: '/sla-config/reasons', label: 'slaConfig.reasons.title' },
];

/** Policies, calendars, production calendars, hours of objects, reasons of excuses. */
export const ConfigTabs = () => <SectionTabs labelKey="slaConfig.section" tabs={TABS} />;
