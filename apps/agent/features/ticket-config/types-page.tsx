import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { useListAddress } from '@/directory/list-address';
import { FilterBar } from '@/directory/filter-bar';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group, Switch, Text } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconEyeOff, IconPlus, IconTags, IconWorld } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { shown } from './shown';
import classes from './ticket-config.module.css';
import { processesQuery, typesQuery, type TicketType } from './ticket-config.queries';
import { TicketConfigTabs } from './ticket-config-tabs';
import { TypeDrawer } from './type-drawer';
import { useLocal } from './use-local';

/** Kinds of work: who may file them, what their forms ask, which process they follow. */
export function TypesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isManager = useHolds('tickets.configure');
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const archived = address.get('archived') === '1';
  const query = useInfiniteQuery(typesQuery());
  const list = useInfiniteQuery({ ...typesQuery(), select: shown<TicketType>(archived) });
  const columns = useColumns(isNarrow);
  const go = (to?: string) =>
    void navigate({ pathname: `/ticket-config/types${to ? `/${to}` : ''}`, search: address.search });
  useHotkey('KeyN', () => go('new'), {
    label: t('ticketConfig.types.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  const type = query.data?.pages[0]?.data.find((row) => row.id === id);
  return (
    <Page
      isWide
      title={t('ticketConfig.types.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
            {t('ticketConfig.types.add')}
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
          label={t('ticketConfig.types.title')}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 60 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconTags size={36} stroke={1.3} />,
            title: t('ticketConfig.types.empty'),
            hint: t('ticketConfig.types.emptyHint'),
          }}
        />
      </div>
      {id && (id === 'new' || query.data) && (
        <TypeDrawer key={id} type={id === 'new' ? null : type} isManager={isManager} onClose={() => go()} />
      )}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<TicketType>[] {
  const { t } = useTranslation();
  const local = useLocal();
  const { data: processes } = useInfiniteQuery(processesQuery());
  return useMemo(() => {
    const processOf = (type: TicketType) => {
      const process = processes?.pages[0]?.data.find(({ id }) => id === type.processId);
      return process ? local(process.name) : '';
    };
    const asked = (type: TicketType) =>
      t('ticketConfig.types.asked', {
        staff: type.form.filter(({ isAsked }) => isAsked).length,
        portal: type.form.filter(({ portal }) => portal.isAsked).length,
      });
    if (isNarrow) {
      return [
        {
          key: 'type',
          header: t('ticketConfig.field.type'),
          width: '1fr',
          render: (type: TicketType) => (
            <div className={classes.twoLines}>
              <TypeName type={type} />
              <Text size="xs" c="dimmed" truncate>
                {[processOf(type), asked(type)].filter(Boolean).join(' · ')}
              </Text>
            </div>
          ),
        },
      ];
    }
    return [
      {
        key: 'name',
        header: t('ticketConfig.field.type'),
        width: 'minmax(220px, 1.4fr)',
        render: (type: TicketType) => <TypeName type={type} />,
      },
      {
        key: 'code',
        header: t('ticketConfig.field.code'),
        width: 'minmax(110px, 0.7fr)',
        render: (type: TicketType) => <code className={classes.dim}>{type.code}</code>,
      },
      {
        key: 'who',
        header: t('ticketConfig.types.who'),
        width: 'minmax(170px, 1fr)',
        render: (type: TicketType) => <Who type={type} />,
      },
      { key: 'process', header: t('ticketConfig.field.processId'), width: 'minmax(130px, 1fr)', render: processOf },
      {
        key: 'form',
        header: t('ticketConfig.types.form'),
        width: 'minmax(190px, 1fr)',
        render: (type: TicketType) => <span className={classes.dim}>{asked(type)}</span>,
      },
    ];
  }, [isNarrow, local, processes, t]);
}

function TypeName({ type }: { type: TicketType }) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <Group gap={6} wrap="nowrap">
      <span className={classes.clip}>{local(type.name)}</span>
      {type.isDefault && <Badge>{t('ticketConfig.isDefault')}</Badge>}
      {type.archivedAt && <Badge color="gray">{t('ticketConfig.archived')}</Badge>}
    </Group>
  );
}

/** Whether clients see such tickets and may file them, in sign and words. */
function Who({ type }: { type: TicketType }) {
  const { t } = useTranslation();
  if (type.isInner) {
    return (
      <Badge color="orange" leftSection={<IconEyeOff size={13} aria-hidden />}>
        {t('ticketConfig.types.inner')}
      </Badge>
    );
  }
  return type.availableForClient ? (
    <Badge color="blue" leftSection={<IconWorld size={13} aria-hidden />}>
      {t('ticketConfig.types.onPortal')}
    </Badge>
  ) : (
    <span className={classes.dim}>{t('ticketConfig.types.staffOnly')}</span>
  );
}
