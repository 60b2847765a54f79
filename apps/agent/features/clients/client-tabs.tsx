import { SectionTabs } from '@/directory/section-tabs';

const TABS = [
  { to: '/clients/companies', label: 'clients.companies.title' },
  { to: '/clients/contacts', label: 'clients.contacts.title' },
  { to: '/clients/categories', label: 'clients.categories.title' },
];

/** Companies, contacts, categories. */
export const ClientTabs = () => <SectionTabs labelKey="clients.section" tabs={TABS} />;
