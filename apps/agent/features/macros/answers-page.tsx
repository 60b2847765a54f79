import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconAlertTriangle, IconMessage2Bolt, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { AnswerDrawer } from './answer-drawer';
import { MacrosTabs } from './macros-tabs';
import classes from './macros.module.css';
import { answersQuery, type Answer } from './macros.queries';

/** Texts ready to be put into answers. */
export function AnswersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams();
  const { get, set } = useListAddress();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const q = get('q');
  const list = useInfiniteQuery({ ...answersQuery(q ? { q } : {}), placeholderData: keepPreviousData });
  const go = (to: string) =>
    void navigate({ pathname: `/macros/answers${to}`, search: q ? `?q=${encodeURIComponent(q)}` : '' });
  useHotkey('KeyN', () => go('/new'), { label: t('macros.answers.add'), group: t('directory.keys') });
  return (
    <Page
      isWide
      title={t('macros.answers.title')}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => go('/new')}>
          {t('macros.answers.add')}
        </Button>
      }
    >
      <MacrosTabs />
      <FilterBar>
        <SearchBox
          label={t('macros.answers.search')}
          value={q ?? ''}
          onChange={(value) => set({ q: value })}
          onDown={grid.focus}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('macros.answers.title')}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(`/${row.id}`)}
          rowHeight={isNarrow ? 56 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconMessage2Bolt size={36} stroke={1.3} />,
            title: t('macros.answers.empty'),
            hint: t('macros.answers.emptyHint'),
          }}
        />
      </div>
      {id && <AnswerDrawer key={id} id={id} onClose={() => go('')} />}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Answer>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const title = ({ title: text, problems }: Answer) => (
      <span className={classes.lineName}>
        {text}
        {problems.length > 0 && (
          <IconAlertTriangle size={14} className={classes.warn} aria-label={t('macros.list.broken')} />
        )}
      </span>
    );
    const scope = ({ scope: name }: Answer) => (
      <Badge variant="light" color={name === 'personal' ? 'gray' : undefined}>
        {t(`macros.scope.${name}`)}
      </Badge>
    );
    const shortcut = ({ shortcut: text }: Answer) => text && <code>/{text}</code>;
    if (isNarrow)
      return [
        {
          key: 'card',
          header: t('macros.field.title'),
          width: '1fr',
          render: (row) => (
            <div className={classes.cardRow}>
              {title(row)}
              <span className={classes.cardSub}>
                {shortcut(row)} {scope(row)}
              </span>
            </div>
          ),
        },
      ];
    return [
      { key: 'title', header: t('macros.field.title'), width: 'minmax(220px, 1.4fr)', render: title },
      { key: 'shortcut', header: t('macros.field.shortcut'), width: 'minmax(110px, 0.6fr)', render: shortcut },
      {
        key: 'locale',
        header: t('macros.field.locale'),
        width: '110px',
        render: ({ locale }) => (locale ? t(`macros.locale.${locale}`) : t('macros.locale.any')),
      },
      { key: 'scope', header: t('macros.field.scope'), width: '150px', render: scope },
    ];
  }, [isNarrow, t]);
}
