import { Button } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArchive, IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './fields.module.css';
import { useArchiveField, type CustomField } from './fields.queries';
import { useLocal } from './use-local';

/** Takes a field out of forms, or back; what was filled in stays readable. */
export function ArchiveField({ field }: { field: CustomField }) {
  const { t } = useTranslation();
  const local = useLocal();
  const [isAsked, ask] = useState(false);
  const archive = useArchiveField(field.id);
  const isArchived = field.archivedAt !== null;
  const run = () =>
    archive.mutate(!isArchived, {
      onSuccess: () => notifyDone(t(isArchived ? 'fields.restored' : 'fields.archivedDone')),
      onError: (error) => notifyProblem(t('fields.failed'), error),
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
        {t(isArchived ? 'fields.restore' : 'fields.archive')}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={t('fields.archiveAsk', { name: local(field.name) })}
        confirm={t('fields.archive')}
        isDangerous
        isBusy={archive.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {t('fields.archiveHint')}
      </ConfirmDialog>
    </div>
  );
}
