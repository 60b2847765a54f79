import { useMe } from '@/api';
import { SectionTabs } from '@/directory/section-tabs';
import { Navigate } from 'react-router';

const TABS = [
  { to: '/system/organisation', label: 'system.organisation.title', permission: 'platform.organisation' },
  { to: '/system/templates', label: 'system.templates.title', permission: 'notifications.manage_templates' },
  { to: '/system/notifications', label: 'system.notices.title', permission: 'notifications.manage_defaults' },
  { to: '/system/outbox', label: 'system.outbox.title', permission: 'platform.outbox' },
];

const useTabs = () => {
  const { permissions } = useMe();
  return TABS.filter(({ permission }) => permissions.includes(permission));
};

/** The organisation, its message templates, the outbox: those of them that the person may open. */
export function SystemTabs() {
  return <SectionTabs labelKey="system.section" tabs={useTabs()} />;
}

/** The section's address alone leads to its first screen that the person may open. */
export function FirstSystemScreen() {
  const [first] = useTabs();
  return <Navigate to={first?.to ?? '/tickets'} replace />;
}
