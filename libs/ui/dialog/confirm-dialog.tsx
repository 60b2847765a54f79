import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog';

type Props = {
  opened: boolean;
  title: string;
  children?: ReactNode;
  confirm?: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  isDisabled?: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something that cannot be taken back easily. */
export function ConfirmDialog({
  opened,
  title,
  children,
  confirm,
  isDangerous,
  isBusy,
  isDisabled,
  onConfirm,
  onClose,
}: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      {typeof children === 'string' ? <Text size="sm">{children}</Text> : children}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button color={isDangerous ? 'red' : undefined} loading={isBusy} disabled={isDisabled} onClick={onConfirm}>
          {confirm ?? t('ui.confirm')}
        </Button>
      </Group>
    </Dialog>
  );
}
