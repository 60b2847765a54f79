import { ActionIcon, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Props = { name: string; at: number; count: number; isDisabled?: boolean; onMove: (to: number) => void };

/** Moves a row a place up or down. */
export function OrderButtons({ name, at, count, isDisabled, onMove }: Props) {
  const { t } = useTranslation();
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon aria-label={t('fields.up', { name })} disabled={isDisabled || at <= 0} onClick={() => onMove(at - 1)}>
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('fields.down', { name })}
        disabled={isDisabled || at < 0 || at >= count - 1}
        onClick={() => onMove(at + 1)}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
    </Group>
  );
}

/** The list with one row at another place. */
export function moved<Row>(rows: readonly Row[], from: number, to: number): Row[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(to, 0, row);
  return next;
}
