import { Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Named } from './tickets.types';

/** Chosen people, each with a way out. */
export function PeopleList({ people, onRemove }: { people: Named[]; onRemove: (id: string) => void }) {
  const { t } = useTranslation();
  if (people.length === 0) return null;
  return (
    <Pill.Group mt={4}>
      {people.map(({ id, name }) => (
        <Pill
          key={id}
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('tickets.removePerson', { name }), tabIndex: 0, 'aria-hidden': false }}
          onRemove={() => onRemove(id)}
        >
          {name}
        </Pill>
      ))}
    </Pill.Group>
  );
}
