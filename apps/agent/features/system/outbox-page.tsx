import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { useRows } from '@/directory/use-rows';
import { Select, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconStack2 } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { OutboxDrawer } from './outbox-drawer';
import { OUTBOX_STATES, OutboxStateBadge } from './outbox-state';
import { SystemTabs } from './system-tabs';
import classes from './system.module.css';
import { outboxQuery, type OutboxRow, type OutboxState } from './system.queries';

/** What must still happen, what has happened, and what a person must look at. */
export function OutboxPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const asked = address.get('state') as OutboxState | undefined;
  const state = asked && OUTBOX_STATES.includes(asked) ? asked : null;
  const query = useInfiniteQuery({ ...outboxQuery(state), placeholderData: keepPreviousData });
  const { rows } = useRows(query);
  const go = (to?: string) =>
    void navigate({ pathname: `/system/outbox${to ? `/${to}` : ''}`, search: address.search });
  return (
    <Page isWide title={t('system.outbox.title')} toolbar={<SystemTabs />}>
      <FilterBar>
        <Select
          size="xs"
          w={210}
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          aria-label={t('system.field.state')}
          placeholder={t('system.outbox.anyState')}
          data={OUTBOX_STATES.map((value) => ({ value, label: t(`system.outbox.state.${value}`) }))}
          value={state}
          onChange={(value) => address.set({ state: value })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('system.outbox.title')}
          query={query}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 76 : 34}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconStack2 size={36} stroke={1.3} />,
            title: t(state ? `system.outbox.nothing.${state}` : 'system.outbox.empty'),
          }}
        />
      </div>
      {id && query.isSuccess && <OutboxDrawer key={id} row={rows.find((row) => row.id === id)} onClose={() => go()} />}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<OutboxRow>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    if (isNarrow) {
      return [
        {
          key: 'row',
          header: t('system.field.event'),
          width: '1fr',
          render: (row: OutboxRow) => (
            <div className={classes.lines}>
              <span className={classes.spread}>
                <OutboxStateBadge state={row.state} />
                <RelativeTime at={row.createdAt} className={classes.dim} />
              </span>
              <code className={classes.clip}>{row.name}</code>
              <Text size="xs" c="dimmed" truncate>
                {row.lastError ?? row.handler}
              </Text>
            </div>
          ),
        },
      ];
    }
    return [
      {
        key: 'state',
        header: t('system.field.state'),
        width: '130px',
        render: (row: OutboxRow) => <OutboxStateBadge state={row.state} />,
      },
      {
        key: 'name',
        header: t('system.field.event'),
        width: 'minmax(160px, 1fr)',
        render: (row: OutboxRow) => <code>{row.name}</code>,
      },
      {
        key: 'handler',
        header: t('system.field.handler'),
        width: 'minmax(180px, 1.2fr)',
        render: (row: OutboxRow) => <span className={classes.dim}>{row.handler}</span>,
      },
      {
        key: 'attempts',
        header: t('system.field.attempts'),
        width: '80px',
        align: 'end' as const,
        render: (row: OutboxRow) => row.attempts,
      },
      {
        key: 'error',
        header: t('system.field.lastError'),
        width: 'minmax(160px, 1.2fr)',
        render: (row: OutboxRow) => <span title={row.lastError ?? ''}>{row.lastError}</span>,
      },
      {
        key: 'at',
        header: t('system.field.createdAt'),
        width: '120px',
        align: 'end' as const,
        render: (row: OutboxRow) => <RelativeTime at={row.createdAt} />,
      },
    ];
  }, [isNarrow, t]);
}
