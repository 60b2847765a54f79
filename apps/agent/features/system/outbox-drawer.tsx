import { SideDrawer } from '@/directory/form-drawer';
import { Alert, Button } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { EmptyState } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { OutboxStateBadge } from './outbox-state';
import classes from './system.module.css';
import { useRetryOutbox, type OutboxRow } from './system.queries';

/** One handler's share of an event: what it carries, how often it was tried, why it failed. */
export function OutboxDrawer({ row, onClose }: { row: OutboxRow | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideDrawer title={row?.name ?? t('system.outbox.one')} size={520} onClose={onClose}>
      {row ? <Row row={row} /> : <EmptyState title={t('system.outbox.gone')} hint={t('system.outbox.goneHint')} />}
    </SideDrawer>
  );
}

function Row({ row }: { row: OutboxRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const retry = useRetryOutbox(row.id);
  const facts: [string, string | null][] = [
    ['handler', row.handler],
    ['attempts', format.number(row.attempts)],
    ['createdAt', format.full(row.createdAt)],
    ['dueAt', row.state === 'pending' ? format.full(row.dueAt) : null],
    ['doneAt', row.doneAt && format.full(row.doneAt)],
    ['eventId', row.eventId],
  ];
  return (
    <div className={classes.card}>
      <OutboxStateBadge state={row.state} />
      {row.lastError && (
        <Alert
          color={row.state === 'dead' ? 'red' : 'orange'}
          variant="light"
          title={t('system.field.lastError')}
          classNames={{ message: classes.words, title: classes.words }}
        >
          {row.lastError}
        </Alert>
      )}
      <dl className={classes.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name} className={classes.fact}>
                <dt>{t(`system.field.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <div>
        <div className={classes.label}>{t('system.field.payload')}</div>
        <pre className={classes.payload} tabIndex={0}>
          {JSON.stringify(row.payload, null, 2)}
        </pre>
      </div>
      {row.state !== 'done' && (
        <div>
          <Button
            leftSection={<IconRefresh size={15} />}
            loading={retry.isPending}
            onClick={() =>
              retry.mutate(undefined, {
                onSuccess: () => notifyDone(t('system.outbox.retried')),
                onError: (error) => notifyProblem(t('ui.failed'), error),
              })
            }
          >
            {t('system.outbox.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
