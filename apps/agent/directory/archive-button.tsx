import { Button } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArchive, IconArrowBackUp } from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export type ArchiveDeed = 'archive' | 'restore';

type Props = {
  isArchived: boolean;
  /** The question before a thing goes; it comes back without one. */
  title: string;
  hint: string;
  done: string;
  archive: UseMutationResult<unknown, Error, ArchiveDeed>;
};

/** Takes something out of use, or back; what already has it keeps it. */
export function ArchiveButton({ isArchived, title, hint, done, archive }: Props) {
  const { t } = useTranslation();
  const [isAsked, ask] = useState(false);
  const run = () =>
    archive.mutate(isArchived ? 'restore' : 'archive', {
      onSuccess: () => notifyDone(done),
      onError: (error) => notifyProblem(t('ui.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <>
      <Button
        variant="default"
        loading={archive.isPending}
        leftSection={isArchived ? <IconArrowBackUp size={15} /> : <IconArchive size={15} />}
        onClick={() => (isArchived ? run() : ask(true))}
      >
        {t(isArchived ? 'ui.restore' : 'ui.archive')}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={title}
        confirm={t('ui.archive')}
        isDangerous
        isBusy={archive.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {hint}
      </ConfirmDialog>
    </>
  );
}
