import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { Badge, Button, Group } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconPlus, IconRoute } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProcessDrawer } from './process-drawer';
import type { ProcessRow } from './processes.queries';
import classes from './ticket-config.module.css';
import { processesQuery } from './ticket-config.queries';
import { TicketConfigTabs } from './ticket-config-tabs';
import { useLocal } from './use-local';

/** Every process by which types of tickets move. */
export function ProcessesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isManager = useHolds('tickets.configure');
  const grid = useGridFocus();
  const [isCreating, setCreating] = useState(false);
  const query = useInfiniteQuery(processesQuery());
  const rows = (query.data?.pages[0]?.data ?? NO_ROWS) as ProcessRow[];
  const columns = useColumns(rows);
  const open = (id: string) => void navigate(`/ticket-config/processes/${id}`);
  useHotkey('KeyN', () => setCreating(true), {
    label: t('ticketConfig.processes.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  return (
    <Page
      isWide
      title={t('ticketConfig.processes.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
            {t('ticketConfig.processes.add')}
          </Button>
        )
      }
      toolbar={<TicketConfigTabs />}
    >
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('ticketConfig.processes.title')}
          query={query}
          columns={columns}
          onOpen={(row) => open(row.id)}
          rowHeight={36}
          hidesHeader
          empty={{ icon: <IconRoute size={36} stroke={1.3} />, title: t('ticketConfig.processes.empty') }}
        />
      </div>
      {isCreating && <ProcessDrawer process={null} onClose={() => setCreating(false)} onSaved={open} />}
    </Page>
  );
}

const NO_ROWS: ProcessRow[] = [];

function useColumns(rows: ProcessRow[]): Column<ProcessRow>[] {
  const { t } = useTranslation();
  const local = useLocal();
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('ticketConfig.field.process'),
        width: 'minmax(200px, 1fr)',
        render: (process: ProcessRow) => (
          <Group gap={8} wrap="nowrap">
            <IconRoute size={15} className={classes.dim} aria-hidden />
            <span className={classes.clip}>{local(process.name)}</span>
            {process.isDefault && <Badge>{t('ticketConfig.isDefault')}</Badge>}
            {process.baseId && (
              <Badge color="gray">
                {t('ticketConfig.variant.ofName', { name: nameOf(rows, process.baseId, local) })}
              </Badge>
            )}
            {process.hasDraft && <Badge color="yellow">{t('ticketConfig.draft.has')}</Badge>}
            <code className={classes.dim}>{process.code}</code>
          </Group>
        ),
      },
    ],
    [local, t, rows],
  );
}

const nameOf = (rows: ProcessRow[], id: string, local: ReturnType<typeof useLocal>) => {
  const base = rows.find((row) => row.id === id);
  return base ? local(base.name) : '';
};
