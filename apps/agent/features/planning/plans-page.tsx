import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Select } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconCalendarRepeat, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { plansQuery, type PlanRow } from './planning.queries';
import { PlanningTabs } from './planning-tabs';
import classes from './planning.module.css';
import { ruleWords } from './rule-words';

const STATES = ['active', 'paused', 'archived'] as const;

/** The plans from which tickets come by themselves. */
export function PlansPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { get, set } = useListAddress();
  const isManager = useHolds('planning.manage');
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const [q, state] = [get('q'), STATES.find((one) => one === get('state'))];
  const filter = { ...(q ? { q } : {}), ...(state ? { state } : {}) };
  const list = useInfiniteQuery({ ...plansQuery(filter), placeholderData: keepPreviousData });
  const add = () => void navigate('/planning/plans/new');
  useHotkey('KeyN', add, { label: t('planning.plans.add'), group: t('directory.keys'), isOn: isManager });
  return (
    <Page
      isWide
      title={t('planning.plans.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={add}>
            {t('planning.plans.add')}
          </Button>
        )
      }
      toolbar={<PlanningTabs />}
    >
      <FilterBar>
        <SearchBox
          label={t('planning.plans.search')}
          value={q ?? ''}
          onChange={(value) => set({ q: value })}
          onDown={grid.focus}
        />
        <Select
          aria-label={t('planning.plans.state')}
          placeholder={t('planning.state.any')}
          clearable
          w={170}
          data={STATES.map((value) => ({ value, label: t(`planning.state.${value}`) }))}
          value={state ?? null}
          onChange={(value) => set({ state: value })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('planning.plans.title')}
          query={list}
          columns={columns}
          onOpen={({ id }) => void navigate(`/planning/plans/${id}`)}
          rowHeight={isNarrow ? 60 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconCalendarRepeat size={36} stroke={1.3} />,
            title: t('planning.plans.empty'),
            hint: t('planning.plans.emptyHint'),
            action: isManager && <Button onClick={add}>{t('planning.plans.add')}</Button>,
          }}
        />
      </div>
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<PlanRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const badges = ({ isActive, archivedAt, failed }: PlanRow) => (
      <>
        {archivedAt && (
          <Badge variant="light" color="gray">
            {t('planning.state.archived')}
          </Badge>
        )}
        {!archivedAt && !isActive && (
          <Badge variant="light" color="yellow">
            {t('planning.state.paused')}
          </Badge>
        )}
        {failed > 0 && (
          <Badge variant="light" color="red">
            {t('planning.plans.failed', { count: failed })}
          </Badge>
        )}
      </>
    );
    const next = ({ nextAt, nextCount }: PlanRow) =>
      nextAt ? `${format.dateTime(nextAt)}${nextCount > 1 ? ` × ${nextCount}` : ''}` : '—';
    if (isNarrow) {
      const render = (row: PlanRow) => (
        <div className={classes.card}>
          <span className={classes.clip}>
            {row.name} {badges(row)}
          </span>
          <span className={classes.dim}>
            {next(row)} · {ruleWords(t, row.rule)}
          </span>
        </div>
      );
      return [{ key: 'card', header: t('planning.field.name'), width: '1fr', render }];
    }
    return [
      {
        key: 'name',
        header: t('planning.field.name'),
        width: 'minmax(220px, 1.2fr)',
        render: (row) => (
          <span className={classes.named}>
            <span className={classes.clip}>{row.name}</span> {badges(row)}
          </span>
        ),
      },
      {
        key: 'rule',
        header: t('planning.rule.legend'),
        width: 'minmax(220px, 1.2fr)',
        render: ({ rule }) => <span className={classes.clip}>{ruleWords(t, rule)}</span>,
      },
      { key: 'next', header: t('planning.plans.next'), width: '170px', render: next },
      {
        key: 'who',
        header: t('planning.plans.who'),
        width: 'minmax(120px, 0.7fr)',
        render: ({ assignee, team }) => <span className={classes.clip}>{assignee?.name ?? team?.name ?? '—'}</span>,
      },
      {
        key: 'last',
        header: t('planning.plans.last'),
        width: '120px',
        render: ({ lastAt }) => (lastAt ? format.date(lastAt) : '—'),
      },
    ];
  }, [isNarrow, t, format]);
}
