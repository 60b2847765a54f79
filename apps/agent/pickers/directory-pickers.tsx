import type { ComponentProps } from 'react';
import {
  companiesQuery,
  contactsQuery,
  objectsQuery,
  peopleQuery,
  teamsQuery,
  type TeamEntry,
} from './directory.queries';
import { EntityPicker } from './entity-picker';

type Props = Omit<ComponentProps<typeof EntityPicker>, 'search'>;

/** An employee. */
export const PersonPicker = (props: Props) => <EntityPicker {...props} search={peopleQuery} />;
/** A client's company. */
export const CompanyPicker = (props: Props) => <EntityPicker {...props} search={companiesQuery} />;
/** A contact, of one company when it is known. */
export const ContactPicker = ({ companyId, ...props }: Props & { companyId?: string }) => (
  <EntityPicker {...props} search={(q) => contactsQuery(q, companyId)} />
);
/** A service object of a company. */
export const ObjectPicker = ({ companyId, ...props }: Props & { companyId?: string }) => (
  <EntityPicker {...props} search={(q) => objectsQuery(q, companyId)} />
);

/** A team; there are few, so they are searched here. */
export function TeamPicker({
  onChange,
  ...props
}: Omit<Props, 'onChange'> & { onChange: (team: TeamEntry | null) => void }) {
  const search = (q: string) => ({
    ...teamsQuery(),
    select: (teams: TeamEntry[]) => teams.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase())),
  });
  return <EntityPicker {...props} search={search} onChange={(entry) => onChange(entry as TeamEntry | null)} />;
}
