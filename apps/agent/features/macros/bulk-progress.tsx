import { useRows } from '@/directory/use-rows';
import { Button, Group, Progress, Stack } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { useFormat } from '@opora/ui/format';
import { notifyProblem } from '@opora/ui/theme';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { RowList } from './bulk-rows';
import { bulkRefusedQuery, bulkRunQuery, isGoing, useEndBulk, type BulkRun } from './bulk.queries';
import classes from './macros.module.css';
import { useMayUndo } from './use-may-undo';

/** How a run goes and what came of it; stopping it, taking it back. */
export function BulkProgress({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: run, error, refetch } = useQuery(bulkRunQuery(id));
  const isOver = run !== undefined && !isGoing(run);
  useEffect(() => {
    // The lists show what has come of it at once.
    if (isOver) void queries.invalidateQueries({ queryKey: ['tickets'] });
  }, [isOver, queries]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!run) return <Loading lines={4} />;
  return (
    <Stack gap="sm">
      <RunBar run={run} />
      {(run.refused > 0 || (run.undo?.refused ?? 0) > 0) && isOver && <Refused id={id} />}
      <Group justify="flex-end" gap="xs">
        <RunButtons run={run} />
        <Button variant="default" onClick={onClose}>
          {isOver ? t('ui.close') : t('macros.bulk.hide')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The state of a run in words and as a bar. */
export function RunBar({ run }: { run: BulkRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, done, refused, undo, state } = run;
  const isUndoing = undo !== null;
  const [good, bad, all] = isUndoing ? [undo.done, undo.refused, done] : [done, refused, total];
  const share = (part: number) => (all === 0 ? 0 : (100 * part) / all);
  const key = isUndoing ? (undo.state === 'done' ? 'undone' : 'undoing') : state;
  return (
    <div>
      <p className={classes.summary} role="status" aria-live="polite">
        {t(`macros.state.${key}`, { done: format.number(good), total: format.number(all) })}
        {bad > 0 && (
          <span className={classes.refusedCount}>
            {t(isUndoing ? 'macros.bulk.notUndone' : 'macros.bulk.refused', { count: bad, shown: format.number(bad) })}
          </span>
        )}
      </p>
      <Progress.Root size="lg" aria-hidden>
        <Progress.Section value={share(good)} color={isUndoing ? 'gray' : 'green'} />
        <Progress.Section value={share(bad)} color="orange" />
      </Progress.Root>
    </div>
  );
}

/** «Остановить» while it goes on, «Отменить» as long as that is possible. */
export function RunButtons({ run, size }: { run: BulkRun; size?: 'compact-xs' }) {
  const { t } = useTranslation();
  const cancel = useEndBulk('cancel');
  const undo = useEndBulk('undo');
  const mayUndo = useMayUndo(run);
  const failed = (error: Error) => notifyProblem(t('ui.failed'), error);
  if (run.state === 'waiting' || run.state === 'running')
    return (
      <Button
        variant="default"
        {...(size ? { size } : {})}
        loading={cancel.isPending}
        onClick={() => cancel.mutate(run.id, { onError: failed })}
      >
        {t('macros.bulk.stop')}
      </Button>
    );
  if (!mayUndo) return null;
  return (
    <Button
      variant="light"
      {...(size ? { size } : {})}
      loading={undo.isPending}
      onClick={() => undo.mutate(run.id, { onError: failed })}
    >
      {t('macros.bulk.undo', { count: run.done })}
    </Button>
  );
}

function Refused({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(bulkRefusedQuery(id));
  const { rows } = useRows(query);
  if (query.isPending) return <Loading lines={3} />;
  return (
    <section aria-label={t('macros.bulk.refusedDone')}>
      <h3 className={classes.subtitle}>{t('macros.bulk.refusedDone')}</h3>
      <div className={classes.scroll}>
        <RowList rows={rows} />
        {query.hasNextPage && (
          <Button
            variant="subtle"
            size="compact-xs"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('ui.more')}
          </Button>
        )}
      </div>
    </section>
  );
}
