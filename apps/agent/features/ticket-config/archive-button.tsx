import { Button } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArchive, IconArrowBackUp } from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ticket-config.module.css';

type Props = { name: string; isArchived: boolean; hint: string; archive: UseMutationResult<unknown, Error, boolean> };

/** Takes something out of use, or back; what already has it keeps it. */
export function ArchiveButton({ name, isArchived, hint, archive }: Props) {
  const { t } = useTranslation();
  const [isAsked, ask] = useState(false);
  const run = () =>
    archive.mutate(!isArchived, {
      onSuccess: () => notifyDone(t(isArchived ? 'ticketConfig.restore.done' : 'ticketConfig.archive.done')),
      onError: (error) => notifyProblem(t('ticketConfig.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <div className={classes.deeds}>
      <Button
        variant="default"
        loading={archive.isPending}
        leftSection={isArchived ? <IconArrowBackUp size={15} /> : <IconArchive size={15} />}
        onClick={() => (isArchived ? run() : ask(true))}
      >
        {t(isArchived ? 'ticketConfig.restore.name' : 'ticketConfig.archive.name')}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={t('ticketConfig.archive.ask', { name })}
        confirm={t('ticketConfig.archive.name')}
        isDangerous
        isBusy={archive.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {t(hint)}
      </ConfirmDialog>
    </div>
  );
}
