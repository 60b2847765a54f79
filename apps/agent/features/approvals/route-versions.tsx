import { Button } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import type { ApprovalRoute, RouteVersion } from './route-draft';
import { versionsQuery } from './route-settings.queries';
import { useLimits } from './use-limits';

type Props = { route: ApprovalRoute; isOpen: boolean; onTake: (version: RouteVersion) => void };

/** How the route was before; an older version is put into the form, and saved as a new one. */
export function RouteVersions({ route, isOpen, onTake }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const limits = useLimits();
  const { data: versions, error, refetch } = useQuery(versionsQuery(route.id));
  return (
    <aside className={classes.stages} aria-label={t('approvals.routes.versions')}>
      <strong>{t('approvals.routes.versions')}</strong>
      <p className={classes.dim}>{t('approvals.routes.versionsHint')}</p>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!versions && !error && <Loading lines={4} />}
      <ol className={classes.versions}>
        {versions?.map((version) => (
          <li key={version.version}>
            <div>
              <strong>{t('approvals.routes.version', { n: version.version })}</strong>{' '}
              <span className={classes.dim}>
                {[version.savedBy?.name, format.dateTime(version.savedAt)].filter(Boolean).join(' · ')}
              </span>
            </div>
            <div className={classes.dim}>
              {limits(version.over, version.upTo)}{' '}
              {version.definition.stages
                .map(({ approvers }) => approvers.map(({ label }) => label).join(' + '))
                .join(' → ')}
            </div>
            {isOpen && version.version !== route.version && (
              <Button size="compact-xs" variant="default" onClick={() => onTake(version)}>
                {t('approvals.routes.take')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </aside>
  );
}
