import { Button, Group, Table, Text } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import { useChangeWords } from './change-line';

export type Conflict = {
  field: string;
  base: unknown;
  yours: unknown;
  theirs: unknown;
  by: { name: string } | string | null;
  at: string | null;
};

type Props = { conflicts: Conflict[]; onKeepTheirs: () => void; onWriteMine: () => void };

/** Two people changed one field: both values are shown, the person decides. */
export function ConflictDialog({ conflicts, onKeepTheirs, onWriteMine }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useChangeWords();
  return (
    <Dialog opened onClose={onKeepTheirs} title={t('tickets.conflict.title')} size="lg">
      <Table withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('tickets.conflict.field')}</Table.Th>
            <Table.Th>{t('tickets.conflict.theirs')}</Table.Th>
            <Table.Th>{t('tickets.conflict.yours')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {conflicts.map(({ field, theirs, yours, by, at }) => (
            <Table.Tr key={field}>
              <Table.Td>{words.field(field)}</Table.Td>
              <Table.Td>
                {words.value(theirs) || words.empty}
                <Text size="xs" c="dimmed">
                  {[typeof by === 'string' ? by : by?.name, at && format.time(at)].filter(Boolean).join(', ')}
                </Text>
              </Table.Td>
              <Table.Td>{words.value(yours) || words.empty}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onWriteMine}>
          {t('tickets.conflict.writeMine')}
        </Button>
        <Button onClick={onKeepTheirs} data-autofocus>
          {t('tickets.conflict.keepTheirs')}
        </Button>
      </Group>
    </Dialog>
  );
}
