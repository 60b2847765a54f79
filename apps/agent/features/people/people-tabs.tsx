import { useMe } from '@/api';
import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/people/employees', label: 'people.employees.title', permission: 'people.read' },
  { to: '/people/teams', label: 'people.teams.title', permission: 'people.read' },
  { to: '/people/absences', label: 'people.absences.title', permission: 'people.read' },
  { to: '/people/roles', label: 'people.roles.title', permission: 'people.read' },
  { to: '/people/api-keys', label: 'people.apiKeys.title', permission: 'people.manage_api_keys' },
];

/** Employees, teams, roles, keys: those of them that the person may open. */
export function PeopleTabs() {
  const { permissions } = useMe();
  return (
    <SectionTabs labelKey="people.section" tabs={TABS.filter(({ permission }) => permissions.includes(permission))} />
  );
}
