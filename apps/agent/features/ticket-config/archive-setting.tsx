import { ArchiveButton, type ArchiveDeed } from '@/directory/archive-button';
import { Deeds } from '@/directory/form-drawer';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

type Props = {
  name: string;
  isArchived: boolean;
  hint: string;
  archive: UseMutationResult<unknown, Error, ArchiveDeed>;
};

/** Takes a type or a priority out of use, or back. */
export function ArchiveSetting({ name, isArchived, hint, archive }: Props) {
  const { t } = useTranslation();
  return (
    <Deeds>
      <ArchiveButton
        isArchived={isArchived}
        title={t('ticketConfig.archive.ask', { name })}
        hint={hint}
        done={t(isArchived ? 'ticketConfig.restore.done' : 'ticketConfig.archive.done')}
        archive={archive}
      />
    </Deeds>
  );
}
