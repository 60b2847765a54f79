import { Button, Skeleton, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './page.module.css';

/** What stands where rows would be when there are none, and the way on. */
export function EmptyState({
  title,
  hint,
  icon,
  action,
}: {
  title: string;
  hint?: string;
  icon?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.state}>
      {icon}
      <div className={classes.stateTitle}>{title}</div>
      {hint && <Text size="sm">{hint}</Text>}
      {action}
    </div>
  );
}

/** Why something did not load, in the server's words, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { status, traceId, message } = error as { status?: number; traceId?: string; message?: string };
  const words = status === 0 ? t('ui.error.offline') : status === 404 ? t('ui.error.notFound') : message;
  return (
    <div className={classes.state} role="alert">
      <div className={classes.stateTitle}>{t('ui.error.title')}</div>
      <Text size="sm">{words}</Text>
      {traceId && <Text size="xs">{t('ui.error.trace', { id: traceId })}</Text>}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      )}
    </div>
  );
}

/** Grey lines that appear only when loading takes longer than a blink. */
export function Loading({ lines = 6, height = 14 }: { lines?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.lines} role="status">
      <VisuallyHidden>{t('ui.loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} width={`${90 - ((line * 17) % 40)}%`} />
      ))}
    </div>
  );
}
