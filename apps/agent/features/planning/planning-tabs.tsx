import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/planning/calendar', label: 'planning.calendar.title' },
  { to: '/planning/plans', label: 'planning.plans.title' },
];

/** What is planned on its days, and the plans it comes from. */
export const PlanningTabs = () => <SectionTabs labelKey="planning.section" tabs={TABS} />;
