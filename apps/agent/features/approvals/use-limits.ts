import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { limitsOf, type Threshold } from './route-draft';
import { indexesQuery } from './route-settings.queries';

/** For which amounts a route is, in words; nothing for any. */
export function useLimits(): (over: Threshold | null, upTo: Threshold | null) => string {
  const { t } = useTranslation();
  const { data: indexes = [] } = useQuery(indexesQuery());
  return (over, upTo) => {
    const { key, ...values } = limitsOf(over, upTo, indexes);
    return t(`approvals.routes.limit.${key}`, values);
  };
}
