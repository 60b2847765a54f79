import { Button } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconTrash } from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ticket-config.module.css';

type Props = {
  id: string;
  title: string;
  hint: string;
  label: string;
  remove: UseMutationResult<unknown, Error, string>;
  onRemoved: () => void;
};

/** Removes a part of a process after asking; why it cannot be removed is told in the server's words. */
export function RemoveButton({ id, title, hint, label, remove, onRemoved }: Props) {
  const { t } = useTranslation();
  const [isAsked, ask] = useState(false);
  const run = () =>
    remove.mutate(id, {
      onSuccess: () => {
        notifyDone(t('ticketConfig.removed'));
        onRemoved();
      },
      onError: (error) => notifyProblem(t('ticketConfig.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <div className={classes.deeds}>
      <Button
        variant="default"
        loading={remove.isPending}
        leftSection={<IconTrash size={15} />}
        onClick={() => ask(true)}
      >
        {label}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={title}
        confirm={label}
        isDangerous
        isBusy={remove.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {hint}
      </ConfirmDialog>
    </div>
  );
}
