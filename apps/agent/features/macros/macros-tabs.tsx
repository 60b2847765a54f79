import { useMe } from '@/api';
import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/macros/list', label: 'macros.list.title' },
  { to: '/macros/answers', label: 'macros.answers.title' },
  { to: '/macros/templates', label: 'macros.templates.title' },
];
const RUNS = { to: '/macros/runs', label: 'macros.runs.title' };

/** What saves typing, side by side. */
export function MacrosTabs() {
  const { permissions } = useMe();
  return <SectionTabs labelKey="macros.section" tabs={permissions.includes('macros.bulk') ? [...TABS, RUNS] : TABS} />;
}
