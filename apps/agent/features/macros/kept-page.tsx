import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import type { PagedQuery } from '@/directory/use-rows';
import { Badge, Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { MacrosTabs } from './macros-tabs';
import classes from './macros.module.css';
import type { Scope } from './macros.queries';

type Kept = { id: string; scope: Scope; problems: readonly unknown[] };

type Props<Row extends Kept> = {
  kind: 'answers' | 'templates';
  icon: ReactNode;
  list: PagedQuery<Row>;
  columns: Column<Row>[];
  card: (id: string, onClose: () => void) => ReactNode;
};

/** What people keep for later, searched in the address, each with its card beside the list. */
export function KeptPage<Row extends Kept>({ kind, icon, list, columns, card }: Props<Row>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams();
  const { get, set, search } = useListAddress();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const go = (to: string) => void navigate({ pathname: `/macros/${kind}${to}`, search });
  useHotkey('KeyN', () => go('/new'), { label: t(`macros.${kind}.add`), group: t('directory.keys') });
  return (
    <Page
      isWide
      title={t(`macros.${kind}.title`)}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => go('/new')}>
          {t(`macros.${kind}.add`)}
        </Button>
      }
    >
      <MacrosTabs />
      <FilterBar>
        <SearchBox
          label={t(`macros.${kind}.search`)}
          value={get('q') ?? ''}
          onChange={(value) => set({ q: value })}
          onDown={grid.focus}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t(`macros.${kind}.title`)}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(`/${row.id}`)}
          rowHeight={isNarrow ? 56 : 36}
          hidesHeader={isNarrow}
          empty={{ icon, title: t(`macros.${kind}.empty`), hint: t(`macros.${kind}.emptyHint`) }}
        />
      </div>
      {id && card(id, () => go(''))}
    </Page>
  );
}

/** What a kept thing is called, marked where it no longer fits. */
export function KeptName({ name, problems }: Pick<Kept, 'problems'> & { name: string }) {
  const { t } = useTranslation();
  return (
    <span className={classes.lineName}>
      {name}
      {problems.length > 0 && (
        <IconAlertTriangle size={14} className={classes.warn} aria-label={t('macros.list.broken')} />
      )}
    </span>
  );
}

export function ScopeBadge({ scope }: { scope: Scope }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={scope === 'personal' ? 'gray' : undefined}>
      {t(`macros.scope.${scope}`)}
    </Badge>
  );
}

/** A row on a phone: the name over what else there is to say. */
export function KeptCard({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.cardRow}>
      {name}
      <span className={classes.cardSub}>{children}</span>
    </div>
  );
}
