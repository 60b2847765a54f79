import { useQuery } from '@tanstack/react-query';
import { IconAlarm } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import classes from './unowned-banner.module.css';
import { UNOWNED, unownedQuery } from './unowned.queries';

/** Tickets that nobody has taken within the time for it: a red line above the queue until the last is taken. */
export function UnownedBanner() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data } = useQuery(unownedQuery());
  const count = data?.count ?? 0;
  if (count === 0 || search.get('q') === UNOWNED) return null;
  return (
    <div role="status">
      <Link to={`/tickets?q=${encodeURIComponent(UNOWNED)}`} className={classes.banner}>
        <IconAlarm size={16} aria-hidden />
        <span className={classes.words}>{t('sla.unowned.banner', { count })}</span>
        <span className={classes.show}>{t('sla.unowned.show')}</span>
      </Link>
    </div>
  );
}
