import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconAlertTriangle, IconPlus, IconTemplate } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { MacrosTabs } from './macros-tabs';
import classes from './macros.module.css';
import { TemplateDrawer } from './template-drawer';
import { templatesQuery, type Template } from './templates.queries';

/** Values that new tickets begin with. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams();
  const { get, set } = useListAddress();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const q = get('q');
  const list = useInfiniteQuery({ ...templatesQuery(q ? { q } : {}), placeholderData: keepPreviousData });
  const go = (to: string) =>
    void navigate({ pathname: `/macros/templates${to}`, search: q ? `?q=${encodeURIComponent(q)}` : '' });
  useHotkey('KeyN', () => go('/new'), { label: t('macros.templates.add'), group: t('directory.keys') });
  return (
    <Page
      isWide
      title={t('macros.templates.title')}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => go('/new')}>
          {t('macros.templates.add')}
        </Button>
      }
    >
      <MacrosTabs />
      <FilterBar>
        <SearchBox
          label={t('macros.templates.search')}
          value={q ?? ''}
          onChange={(value) => set({ q: value })}
          onDown={grid.focus}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('macros.templates.title')}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(`/${row.id}`)}
          rowHeight={isNarrow ? 56 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconTemplate size={36} stroke={1.3} />,
            title: t('macros.templates.empty'),
            hint: t('macros.templates.emptyHint'),
          }}
        />
      </div>
      {id && <TemplateDrawer key={id} id={id} onClose={() => go('')} />}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Template>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const name = ({ name: text, problems }: Template) => (
      <span className={classes.lineName}>
        {text}
        {problems.length > 0 && (
          <IconAlertTriangle size={14} className={classes.warn} aria-label={t('macros.list.broken')} />
        )}
      </span>
    );
    const scope = ({ scope: of }: Template) => (
      <Badge variant="light" color={of === 'personal' ? 'gray' : undefined}>
        {t(`macros.scope.${of}`)}
      </Badge>
    );
    if (isNarrow)
      return [
        {
          key: 'card',
          header: t('macros.field.name'),
          width: '1fr',
          render: (row) => (
            <div className={classes.cardRow}>
              {name(row)}
              <span className={classes.cardSub}>
                {scope(row)} {row.description}
              </span>
            </div>
          ),
        },
      ];
    return [
      { key: 'name', header: t('macros.field.name'), width: 'minmax(220px, 1fr)', render: name },
      {
        key: 'description',
        header: t('macros.field.description'),
        width: 'minmax(200px, 1.4fr)',
        render: ({ description }) => <span className={classes.clip}>{description}</span>,
      },
      { key: 'scope', header: t('macros.field.scope'), width: '150px', render: scope },
    ];
  }, [isNarrow, t]);
}
