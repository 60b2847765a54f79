import { ErrorState, Loading } from '@opora/ui/page';
import { Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './clients.module.css';
import { lastTicketsQuery } from './companies.queries';

/** The last tickets that satisfy `q`, and the way to all of them. */
export function LastTickets({ q }: { q: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(lastTicketsQuery(q));
  return (
    <section className={classes.section} aria-label={t('clients.lastTickets')}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{t('clients.lastTickets')}</h2>
        <Link to={`/tickets?q=${encodeURIComponent(q)}`} className={classes.link}>
          {t('clients.allTickets')}
        </Link>
      </div>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading lines={4} />}
      {data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('clients.noTickets')}
        </Text>
      )}
      {data && data.data.length > 0 && (
        <ul className={classes.rows}>
          {data.data.map(({ id, number, subject, status, updatedAt }) => (
            <li key={id}>
              <Link to={`/tickets/${number}`} className={classes.ticket}>
                <span className={classes.dim}>{number}</span>
                <span className={classes.clip}>{subject}</span>
                <span className={classes.dim}>
                  {status.name}, <RelativeTime at={updatedAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
