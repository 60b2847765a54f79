import { Button, Group, Table, Text } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import { StatusMark } from './marks';
import type { StatusMoved } from './transition.types';
import type { StatusLook } from './tickets.types';

type Props = {
  told: StatusMoved;
  /** Where the person wanted to go, when the ticket can still go there. */
  wanted: StatusLook | null;
  onClose: () => void;
  onAgain: () => void;
};

/** Somebody moved the ticket first: what was seen, what it is now, who did it. */
export function StatusMovedDialog({ told: { seen, current, by, at }, wanted, onClose, onAgain }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const who = typeof by === 'string' ? by : by?.name;
  const row = (
    label: string,
    { status, version }: { status: StatusLook | null; version: number | null },
    note?: string,
  ) => (
    <Table.Tr>
      <Table.Th scope="row">{label}</Table.Th>
      <Table.Td>
        {status && <StatusMark status={status} isBadge />}
        {note && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{version !== null && t('tickets.moved.version', { version })}</Table.Td>
    </Table.Tr>
  );
  return (
    <Dialog opened onClose={onClose} title={t('tickets.moved.title')}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {row(t('tickets.moved.seen'), seen)}
          {row(t('tickets.moved.current'), current, [who, at && format.dateTime(at)].filter(Boolean).join(', '))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" gap="xs" mt="md">
        {wanted && (
          <Button variant="default" onClick={onAgain}>
            {t('tickets.moved.again', { status: wanted.name })}
          </Button>
        )}
        <Button onClick={onClose} data-autofocus>
          {t('tickets.moved.close')}
        </Button>
      </Group>
    </Dialog>
  );
}
