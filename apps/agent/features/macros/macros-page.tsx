import { OrderedList } from '@/directory/ordered-list';
import { Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconAlertTriangle, IconBolt, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ScopeBadge } from './kept-page';
import { MacrosTabs } from './macros-tabs';
import classes from './macros.module.css';
import { macrosQuery, useOrderMacros, type Macro } from './macros.queries';

/** Macros in the order of the menu. */
export function MacrosPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: macros, error, refetch } = useQuery(macrosQuery());
  const order = useOrderMacros();
  const add = () => void navigate('/macros/list/new');
  useHotkey('KeyN', add, { label: t('macros.list.add'), group: t('directory.keys') });
  const put = (next: Macro[]) => {
    queries.setQueryData(macrosQuery().queryKey, next);
    const mine = next.filter(({ mayEdit }) => mayEdit).map(({ id }) => id);
    order.mutate(mine, { onError: (failure) => notifyProblem(t('ui.failed'), failure) });
  };
  return (
    <Page
      title={t('macros.list.title')}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={add}>
          {t('macros.list.add')}
        </Button>
      }
    >
      <MacrosTabs />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!macros && !error && <Loading lines={8} height={36} />}
      {macros?.length === 0 && (
        <EmptyState
          icon={<IconBolt size={36} stroke={1.3} />}
          title={t('macros.list.empty')}
          hint={t('macros.list.emptyHint')}
        />
      )}
      {macros && macros.length > 0 && (
        <OrderedList
          items={macros}
          isOpen={macros.every(({ mayEdit }) => mayEdit)}
          keyOf={({ id }) => id}
          nameOf={({ name }) => name}
          onOrder={put}
        >
          {(macro) => <MacroLine macro={macro} />}
        </OrderedList>
      )}
    </Page>
  );
}

function MacroLine({ macro: { id, name, description, scope, problems, actions } }: { macro: Macro }) {
  const { t } = useTranslation();
  return (
    <Link to={`/macros/list/${id}`} className={classes.line}>
      <span className={classes.lineName}>
        {name}
        {problems.length > 0 && (
          <span className={classes.broken}>
            <IconAlertTriangle size={14} aria-hidden />
            {t('macros.list.broken')}
          </span>
        )}
      </span>
      <span className={classes.lineHint}>{description || t('macros.list.actions', { count: actions.length })}</span>
      <ScopeBadge scope={scope} />
    </Link>
  );
}
