import { Badge, Progress } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recountsQuery } from './policy-check.queries';
import classes from './policies.module.css';

const COLORS = { waiting: 'gray', running: 'blue', done: 'green', failed: 'red' } as const;

/** Retro-runs over tickets, the newest first, with their progress. */
export function Recounts({ policyId }: { policyId?: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(recountsQuery());
  const runs = (data ?? []).filter((run) => !policyId || run.policy?.id === policyId).slice(0, 5);
  if (runs.length === 0) return null;
  return (
    <section aria-label={t('slaConfig.recounts.title')} className={classes.recounts}>
      <h3>{t('slaConfig.recounts.title')}</h3>
      <ul className={classes.sample}>
        {runs.map((run) => (
          <li key={run.id}>
            <Badge color={COLORS[run.state]}>{t(`slaConfig.recounts.state.${run.state}`)}</Badge>
            {!policyId && <strong>{run.policy?.name}</strong>}
            <span>{t('slaConfig.recounts.progress', { done: run.done, total: run.total })}</span>
            <span>{t('slaConfig.recounts.moved', { count: run.moved })}</span>
            <span>{run.startedBy?.name}</span>
            <RelativeTime at={run.createdAt} />
            {run.state === 'running' && (
              <Progress
                w="100%"
                value={run.total > 0 ? (100 * run.done) / run.total : 0}
                aria-label={t('slaConfig.recounts.title')}
                animated
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
