import { PersonPicker } from '@/pickers/directory-pickers';
import { Group, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export type Named = { id: string; name: string };
type Props = { label: string; value: Named[]; error?: string | undefined; onChange: (people: Named[]) => void };

/** Several employees: one is picked after another, each can be taken out. */
export function PeopleInput({ label, value, error, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div>
      <PersonPicker
        label={label}
        value={null}
        error={error}
        onChange={(person) =>
          person &&
          !value.some(({ id }) => id === person.id) &&
          onChange([...value, { id: person.id, name: person.name }])
        }
      />
      <Group gap={4} mt={value.length ? 6 : 0}>
        {value.map(({ id, name }) => (
          <Pill
            key={id}
            withRemoveButton
            removeButtonProps={{ 'aria-label': t('approvals.removeCopy', { name }) }}
            onRemove={() => onChange(value.filter((each) => each.id !== id))}
          >
            {name}
          </Pill>
        ))}
      </Group>
    </div>
  );
}
