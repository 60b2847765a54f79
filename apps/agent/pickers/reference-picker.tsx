import type { ReferencePick } from '@opora/ui/fields';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { companiesQuery, contactsQuery, objectsQuery, peopleQuery, type Entry } from './directory.queries';
import { EntityPicker } from './entity-picker';
import { referenceQuery, ticketsByWordsQuery } from './reference.queries';

const SEARCHES = {
  company: companiesQuery,
  contact: (q: string) => contactsQuery(q),
  object: (q: string) => objectsQuery(q),
  employee: peopleQuery,
  ticket: ticketsByWordsQuery,
};

/** Picks what a reference field leads to. */
export function ReferencePicker({ reference, value, onChange, required, ...input }: ReferencePick) {
  const [chosen, setChosen] = useState<Entry | null>(null);
  const isKnown = chosen?.id === value;
  const { data: named } = useQuery({
    ...referenceQuery(reference, value ?? ''),
    enabled: value !== null && !isKnown,
  });
  const search = SEARCHES[reference as keyof typeof SEARCHES] ?? SEARCHES.company;
  const shown = value === null ? null : isKnown ? chosen : { id: value, name: named?.name ?? '…' };
  return (
    <EntityPicker
      {...input}
      required={required}
      clearable={!required}
      search={search}
      value={shown}
      onChange={(entry) => {
        setChosen(entry);
        onChange(entry?.id ?? null);
      }}
    />
  );
}

/** Draws the picker of a custom field or of a condition. */
export const pickReference = (pick: ReferencePick) => <ReferencePicker key={pick.reference} {...pick} />;

/** The name behind an id. */
export function ReferenceName({ reference, id }: { reference: string; id: string }) {
  const { data } = useQuery(referenceQuery(reference, id));
  return data === undefined ? '…' : (data?.name ?? '—');
}

export const nameReference = (reference: string, id: string) => <ReferenceName reference={reference} id={id} />;
