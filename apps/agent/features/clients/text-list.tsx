import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Props = {
  label: string;
  addLabel: string;
  value: string[];
  error: string | undefined;
  inputMode: 'email' | 'tel';
  onChange: (value: string[]) => void;
};

/** Several values of one kind, the first is the main one. */
export function TextList({ label, addLabel, value, error, inputMode, onChange }: Props) {
  const { t } = useTranslation();
  const write = (at: number, text: string) => onChange(value.map((row, index) => (index === at ? text : row)));
  return (
    <Stack gap={4} role="group" aria-label={label}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      {value.map((row, index) => (
        // Rows have no identity besides their place.
        <Group key={index} gap={4} wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t(index === 0 ? 'clients.mainOf' : 'clients.numberedOf', { label, number: index + 1 })}
            inputMode={inputMode}
            value={row}
            error={index === 0 && error ? error : undefined}
            onChange={(event) => write(index, event.currentTarget.value)}
          />
          {value.length > 1 && (
            <ActionIcon
              aria-label={t('clients.removeOf', { label, number: index + 1 })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-xs"
          mih={24}
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...value, ''])}
        >
          {addLabel}
        </Button>
      </div>
    </Stack>
  );
}
