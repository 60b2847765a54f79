import { Button } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ChangeLine } from './change-line';
import classes from './ticket-pane.module.css';
import { historyQuery } from './timeline.queries';

/** Every change of every field, the newest first. */
export function HistoryPanel({ number }: { number: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    historyQuery(number),
  );
  if (isPending) return <Loading />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.section}>
      {data.pages
        .flatMap((page) => page.data)
        .map((change) => (
          <ChangeLine key={change.id} change={change} hasDate />
        ))}
      {hasNextPage && (
        <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('tickets.conversation.earlier')}
        </Button>
      )}
    </div>
  );
}
