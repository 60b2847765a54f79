import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group, Switch } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconFlame, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { PriorityDrawer } from './priority-drawer';
import { shown } from './shown';
import classes from './ticket-config.module.css';
import { prioritiesQuery, type Priority } from './ticket-config.queries';
import { TicketConfigTabs } from './ticket-config-tabs';
import { Swatch } from './tint';
import { useLocal } from './use-local';

/** How urgent a ticket may be, the least urgent first. */
export function PrioritiesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isManager = useHolds('tickets.configure');
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const archived = address.get('archived') === '1';
  const query = useInfiniteQuery(prioritiesQuery());
  const list = useInfiniteQuery({ ...prioritiesQuery(), select: shown<Priority>(archived) });
  const columns = useColumns(isNarrow);
  const rows = query.data?.pages[0]?.data ?? [];
  const go = (to?: string) =>
    void navigate({ pathname: `/ticket-config/priorities${to ? `/${to}` : ''}`, search: address.search });
  useHotkey('KeyN', () => go('new'), {
    label: t('ticketConfig.priorities.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  return (
    <Page
      isWide
      title={t('ticketConfig.priorities.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
            {t('ticketConfig.priorities.add')}
          </Button>
        )
      }
      toolbar={<TicketConfigTabs />}
    >
      <FilterBar>
        <Switch
          label={t('ticketConfig.showArchived')}
          checked={archived}
          onChange={(event) => address.set({ archived: event.currentTarget.checked ? '1' : null })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('ticketConfig.priorities.title')}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={36}
          hidesHeader={isNarrow}
          empty={{ icon: <IconFlame size={36} stroke={1.3} />, title: t('ticketConfig.priorities.empty') }}
        />
      </div>
      {id && (id === 'new' || query.data) && (
        <PriorityDrawer
          key={id}
          priority={id === 'new' ? null : rows.find((row) => row.id === id)}
          last={rows.at(-1)?.position ?? 0}
          isManager={isManager}
          onClose={() => go()}
        />
      )}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Priority>[] {
  const { t } = useTranslation();
  const local = useLocal();
  return useMemo(() => {
    const name = {
      key: 'name',
      header: t('ticketConfig.field.priority'),
      width: 'minmax(200px, 1fr)',
      render: (priority: Priority) => (
        <Group gap={8} wrap="nowrap">
          <Swatch tint={priority.color} />
          <span className={classes.clip}>{local(priority.name)}</span>
          {priority.isDefault && <Badge>{t('ticketConfig.isDefault')}</Badge>}
          {priority.archivedAt && <Badge color="gray">{t('ticketConfig.archived')}</Badge>}
        </Group>
      ),
    };
    if (isNarrow) return [name];
    return [
      name,
      {
        key: 'code',
        header: t('ticketConfig.field.code'),
        width: 'minmax(120px, 0.6fr)',
        render: (priority: Priority) => <code className={classes.dim}>{priority.code}</code>,
      },
      {
        key: 'color',
        header: t('ticketConfig.field.color'),
        width: '140px',
        render: (priority: Priority) => t(`ticketConfig.tint.${priority.color}`),
      },
      {
        key: 'position',
        header: t('ticketConfig.field.position'),
        width: '100px',
        align: 'end' as const,
        render: (priority: Priority) => priority.position,
      },
    ];
  }, [isNarrow, local, t]);
}
