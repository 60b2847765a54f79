import { SideDrawer } from '@/directory/form-drawer';
import { Badge, Button, Text } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './process-page.module.css';
import { useRestoreVersion, versionsQuery, type Process } from './processes.queries';

/** What was published, the newest first; any of it comes back as a draft. */
export function VersionsDrawer({
  process,
  isManager,
  onClose,
}: {
  process: Process;
  isManager: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery({ ...versionsQuery(process.id), staleTime: 0 });
  const restore = useRestoreVersion(process.id);
  const bring = (number: number) =>
    restore.mutate(number, {
      onSuccess: () => {
        notifyDone(t('ticketConfig.draft.restored', { version: number }));
        onClose();
      },
      onError: (problem) => notifyProblem(t('ui.failed'), problem),
    });
  return (
    <SideDrawer title={t('ticketConfig.draft.versions')} onClose={onClose}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      {data?.length === 0 && <EmptyState title={t('ticketConfig.draft.noVersions')} />}
      <ol className={classes.versions}>
        {data?.map(({ number, note, publishedAt, publishedBy }) => (
          <li key={number}>
            <div>
              <b>{t('ticketConfig.draft.version', { version: number })}</b>{' '}
              {number === process.version && <Badge size="sm">{t('ticketConfig.draft.inForce')}</Badge>}
              <Text size="xs" c="dimmed">
                {format.dateTime(publishedAt)}, {publishedBy}
              </Text>
              {note && <Text size="sm">{note}</Text>}
            </div>
            {isManager && number !== process.version && (
              <Button
                variant="default"
                size="compact-xs"
                loading={restore.isPending && restore.variables === number}
                onClick={() => bring(number)}
              >
                {t('ticketConfig.draft.restore')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </SideDrawer>
  );
}
