import { SectionTabs } from '@/directory/section-tabs';
import { SUBJECTS } from './fields.queries';

const TABS = [
  ...SUBJECTS.map((subject) => ({ to: `/fields/${subject}`, label: `fields.subject.${subject}` })),
  { to: '/fields/rules', label: 'fields.rules.title' },
];

/** The own fields of every subject, and the rules of the ticket's form. */
export const FieldsTabs = () => <SectionTabs labelKey="fields.section" tabs={TABS} />;
