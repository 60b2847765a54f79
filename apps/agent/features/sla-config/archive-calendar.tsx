import { Button } from '@mantine/core';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useTranslation } from 'react-i18next';
import { useArchiveCalendar, type WorkCalendar } from './calendars.queries';

/** Puts a calendar away or brings it back; the server says which policies still need it. */
export function ArchiveCalendar({ calendar }: { calendar: WorkCalendar }) {
  const { t } = useTranslation();
  const archive = useArchiveCalendar(calendar.id);
  return (
    <Button
      variant="default"
      loading={archive.isPending}
      onClick={() =>
        archive.mutate(!calendar.isArchived, {
          onSuccess: () => notifyDone(t(calendar.isArchived ? 'slaConfig.restored' : 'slaConfig.isArchived')),
          onError: (error) => notifyProblem(t('ui.failed'), error),
        })
      }
    >
      {calendar.isArchived ? t('ui.restore') : t('ui.archive')}
    </Button>
  );
}
