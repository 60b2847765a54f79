import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Switch } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import classes from './checklists.module.css';
import { templatesQuery, type TemplateRow } from './templates.queries';

/** Checklists ready to be put on tickets. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { get, set } = useListAddress();
  const isManager = useHolds('checklists.manage');
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const [q, archived] = [get('q'), get('archived') === '1'];
  const filter = { ...(q ? { q } : {}), ...(archived ? { archived } : {}) };
  const list = useInfiniteQuery({ ...templatesQuery(filter), placeholderData: keepPreviousData });
  const add = () => void navigate('/checklists/new');
  useHotkey('KeyN', add, { label: t('checklists.templates.add'), group: t('directory.keys'), isOn: isManager });
  return (
    <Page
      isWide
      title={t('checklists.templates.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={add}>
            {t('checklists.templates.add')}
          </Button>
        )
      }
    >
      <FilterBar>
        <SearchBox
          label={t('checklists.templates.search')}
          value={q ?? ''}
          onChange={(value) => set({ q: value })}
          onDown={grid.focus}
        />
        <Switch
          label={t('checklists.templates.archived')}
          checked={archived}
          onChange={(event) => set({ archived: event.currentTarget.checked ? '1' : null })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('checklists.templates.title')}
          query={list}
          columns={columns}
          onOpen={({ id }) => void navigate(`/checklists/${id}`)}
          rowHeight={isNarrow ? 56 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconChecklist size={36} stroke={1.3} />,
            title: t('checklists.templates.empty'),
            hint: t('checklists.templates.emptyHint'),
          }}
        />
      </div>
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<TemplateRow>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const types = ({ types }: TemplateRow) =>
      types.length ? types.map(({ name }) => name).join(', ') : t('checklists.templates.anyType');
    const how = ({ isAutomatic, axis }: TemplateRow) => (
      <>
        {isAutomatic && <Badge variant="light">{t('checklists.templates.automatic')}</Badge>}
        {axis && (
          <Badge variant="light" color="gray">
            {t(`checklists.axis.${axis}`)}
          </Badge>
        )}
      </>
    );
    if (isNarrow) {
      const render = (row: TemplateRow) => (
        <div className={classes.templateCard}>
          <span className={classes.clip}>{row.name}</span>
          <span className={classes.templateHow}>
            {t('checklists.items', { count: row.itemCount })} {how(row)}
          </span>
        </div>
      );
      return [{ key: 'card', header: t('checklists.field.name'), width: '1fr', render }];
    }
    return [
      { key: 'name', header: t('checklists.field.name'), width: 'minmax(220px, 1.3fr)', render: ({ name }) => name },
      {
        key: 'types',
        header: t('checklists.field.types'),
        width: 'minmax(160px, 1fr)',
        render: (row) => <span className={classes.clip}>{types(row)}</span>,
      },
      {
        key: 'how',
        header: t('checklists.field.how'),
        width: '220px',
        render: (row) => <span className={classes.templateHow}>{how(row)}</span>,
      },
      {
        key: 'count',
        header: t('checklists.field.count'),
        width: '90px',
        align: 'end',
        render: ({ itemCount }) => itemCount,
      },
    ];
  }, [isNarrow, t]);
}
