import { useHolds } from '@/api';
import { OrderedList } from '@/directory/ordered-list';
import { Anchor, Button, Switch } from '@mantine/core';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconPlus, IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApprovalsTabs } from './approvals-tabs';
import classes from './approvals.module.css';
import type { ApprovalRoute } from './route-draft';
import { routesQuery, useArchiveRoute, useOrderRoutes, useSwitchRoute } from './route-settings.queries';
import { RouteTester } from './route-tester';
import { useLimits } from './use-limits';

/** Routes by kind, in the order in which they are tried; beside them an amount tried on them. */
export function RoutesPage() {
  const { t } = useTranslation();
  const isOpen = useHolds('approvals.manage');
  const [archived, setArchived] = useState(false);
  const { data: routes, error, refetch } = useQuery(routesQuery(archived));
  const order = useOrderRoutes();
  const kinds = [...new Map((routes ?? []).map(({ kind }) => [kind.id, kind])).values()];
  const ofKind = (id: string) => (routes ?? []).filter(({ kind }) => kind.id === id);
  const reorder = (kindId: string, changed: ApprovalRoute[]) =>
    order.mutate(
      kinds.flatMap(({ id }) => (id === kindId ? changed : ofKind(id))).map(({ id }) => id),
      { onError: (problem) => notifyProblem(t('ui.failed'), problem) },
    );
  return (
    <Page isWide title={t('approvals.title')} actions={isOpen && <AddButton />} toolbar={<ApprovalsTabs />}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!routes && !error && <Loading lines={8} height={40} />}
      {routes && (
        <div className={classes.columns}>
          <div className={classes.wide}>
            <Switch
              size="xs"
              label={t('approvals.routes.archived')}
              checked={archived}
              onChange={({ currentTarget }) => setArchived(currentTarget.checked)}
            />
            {routes.length === 0 && (
              <EmptyState
                icon={<IconRoute size={36} stroke={1.3} />}
                title={t(archived ? 'approvals.routes.noArchived' : 'approvals.routes.none')}
                hint={t('approvals.routes.noneHint')}
              />
            )}
            {kinds.map(({ id, label }) => (
              <section key={id} aria-label={label}>
                <h2 className={classes.groupTitle}>{label}</h2>
                <OrderedList
                  items={ofKind(id)}
                  isOpen={isOpen && !archived && ofKind(id).length > 1}
                  keyOf={(route) => route.id}
                  nameOf={(route) => route.label}
                  onOrder={(changed) => reorder(id, changed)}
                >
                  {(route) => <RouteRow route={route} isOpen={isOpen} />}
                </OrderedList>
              </section>
            ))}
          </div>
          <RouteTester />
        </div>
      )}
    </Page>
  );
}

function AddButton() {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/approvals/routes/new" leftSection={<IconPlus size={15} />}>
      {t('approvals.routes.add')}
    </Button>
  );
}

function RouteRow({ route, isOpen }: { route: ApprovalRoute; isOpen: boolean }) {
  const { t } = useTranslation();
  const limits = useLimits();
  const turn = useSwitchRoute();
  const archive = useArchiveRoute();
  const onError = (problem: Error) => notifyProblem(t('ui.failed'), problem);
  const { id, label, isActive, over, upTo, definition, archivedAt } = route;
  return (
    <div className={classes.routeRow} data-off={!isActive || undefined}>
      <div>
        <Anchor component={Link} to={`/approvals/routes/${id}`} size="sm" fw={600}>
          {label}
        </Anchor>{' '}
        <span className={classes.limits}>{limits(over, upTo)}</span>
        <div className={classes.dim}>
          {definition.stages
            .map(({ approvers }) => approvers.map((approver) => approver.label).join(' + '))
            .join(' → ')}
        </div>
      </div>
      {isOpen && archivedAt && (
        <Button
          size="compact-xs"
          variant="default"
          loading={archive.isPending}
          onClick={() => archive.mutate(route, { onError })}
        >
          {t('approvals.routes.restore')}
        </Button>
      )}
      {isOpen && !archivedAt && (
        <Switch
          aria-label={t('approvals.routes.isOn', { name: label })}
          checked={isActive}
          disabled={turn.isPending}
          onChange={({ currentTarget }) => turn.mutate({ route, isActive: currentTarget.checked }, { onError })}
        />
      )}
    </div>
  );
}
