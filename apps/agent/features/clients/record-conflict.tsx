import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@opora/ui/dialog';

export type FieldConflict = { field: string; yours: unknown; theirs: unknown };

type Props = {
  rows: { field: string; theirs: string; yours: string }[];
  onKeepTheirs: () => void;
  onWriteMine: () => void;
};

/** Somebody changed the same field meanwhile: both values stand side by side, the person decides. */
export function RecordConflict({ rows, onKeepTheirs, onWriteMine }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onKeepTheirs} title={t('clients.conflict.title')} size="lg">
      <Text size="sm" mb="sm">
        {t('clients.conflict.hint')}
      </Text>
      <Table withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('clients.conflict.field')}</Table.Th>
            <Table.Th>{t('clients.conflict.theirs')}</Table.Th>
            <Table.Th>{t('clients.conflict.yours')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ field, theirs, yours }) => (
            <Table.Tr key={field}>
              <Table.Td>{t(`clients.field.${field}`)}</Table.Td>
              <Table.Td>{theirs || t('clients.none')}</Table.Td>
              <Table.Td>{yours || t('clients.none')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onWriteMine}>
          {t('clients.conflict.writeMine')}
        </Button>
        <Button onClick={onKeepTheirs} data-autofocus>
          {t('clients.conflict.keepTheirs')}
        </Button>
      </Group>
    </Dialog>
  );
}
