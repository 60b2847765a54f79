import { useHolds } from '@/api';
import { OrderedList } from '@/directory/ordered-list';
import { Button, Switch } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconArrowsSplit2, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { RoutingRowDrawer } from './routing-row-drawer';
import { RoutingRowWords } from './routing-row-words';
import { RoutingTester } from './routing-tester';
import { rowsQuery, settingsQuery, useOrderRows, useSettings } from './routing.queries';
import classes from './routing.module.css';

/** Who gets what: rows in the order in which they are asked, and beside them a ticket tried on them. */
export function RoutingPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams();
  const isManager = useHolds('automation.manage');
  const { data, error, refetch } = useQuery(rowsQuery());
  const order = useOrderRows();
  const go = (to = '') => void navigate(`/routing${to && `/${to}`}`);
  const add = () => go('new');
  useHotkey('KeyN', add, { label: t('routing.add'), group: t('directory.keys'), isOn: isManager && !id });
  const opened = data?.find((row) => row.id === id);
  return (
    <Page
      title={t('routing.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={add}>
            {t('routing.add')}
          </Button>
        )
      }
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} height={40} />}
      {data && (
        <div className={classes.page}>
          <div className={classes.column}>
            <p className={classes.hint}>{t('routing.hint')}</p>
            {data.length === 0 ? (
              <EmptyState
                icon={<IconArrowsSplit2 size={36} stroke={1.3} />}
                title={t('routing.empty')}
                hint={t('routing.emptyHint')}
                action={isManager && <Button onClick={add}>{t('routing.add')}</Button>}
              />
            ) : (
              <OrderedList
                items={data}
                isOpen={isManager}
                keyOf={(row) => row.id}
                nameOf={(row) => row.name}
                onOrder={(rows) => order.mutate(rows, { onError: (problem) => notifyProblem(t('ui.failed'), problem) })}
              >
                {(row) => <RoutingRowWords row={row} isOpen={isManager} />}
              </OrderedList>
            )}
            <p className={classes.rest}>{t('routing.rest')}</p>
            <Reroutes isOpen={isManager} />
          </div>
          <RoutingTester />
        </div>
      )}
      {id === 'new' && isManager && <RoutingRowDrawer row={null} onClose={go} />}
      {opened && <RoutingRowDrawer key={`${opened.id}:${opened.version}`} row={opened} onClose={go} />}
    </Page>
  );
}

/** Whether tickets nobody has taken yet follow a change. */
function Reroutes({ isOpen }: { isOpen: boolean }) {
  const { t } = useTranslation();
  const { data } = useQuery(settingsQuery());
  const save = useSettings();
  if (!data) return null;
  return (
    <Switch
      label={t('routing.reroutes')}
      description={t('routing.reroutesHint')}
      disabled={!isOpen || save.isPending}
      checked={data.reroutes === 'while_unassigned'}
      onChange={(event) =>
        save.mutate(
          { reroutes: event.currentTarget.checked ? 'while_unassigned' : 'never' },
          { onError: (problem) => notifyProblem(t('ui.failed'), problem) },
        )
      }
    />
  );
}
