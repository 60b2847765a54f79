import { DirectoryList } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { SegmentedControl } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconClipboardCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ExcuseDrawer } from './excuse-drawer';
import classes from './excuses.module.css';
import { SlaTabs } from './sla-tabs';
import type { Excuse, ExcuseState } from './sla.types';
import { excusesQuery } from './watch.queries';

const STATES: ExcuseState[] = ['asked', 'approved', 'declined'];

/** Breaches that somebody asks not to be held against us, and what was decided. */
export function ExcusesPage() {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const address = useListAddress();
  const state = STATES.find((each) => each === address.get('state')) ?? 'asked';
  const list = useInfiniteQuery(excusesQuery(state));
  const columns = useColumns(isNarrow);
  const chosen = address.get('excuse');
  const excuse = list.data?.pages.flatMap(({ data }) => data).find(({ id }) => id === chosen);
  return (
    <Page isWide title={t('sla.excuses.title')} toolbar={<SlaTabs />}>
      <FilterBar>
        <SegmentedControl
          size="xs"
          aria-label={t('sla.excuses.state')}
          data={STATES.map((value) => ({ value, label: t(`sla.excuses.${value}`) }))}
          value={state}
          onChange={(next) => address.set({ state: next === 'asked' ? null : next, excuse: null })}
        />
      </FilterBar>
      <DirectoryList
        label={t('sla.excuses.title')}
        query={list}
        columns={columns}
        selected={chosen ?? null}
        onOpen={({ id }) => address.set({ excuse: id })}
        rowHeight={isNarrow ? 64 : 36}
        hidesHeader={isNarrow}
        empty={{
          icon: <IconClipboardCheck size={36} stroke={1.3} />,
          title: t(`sla.excuses.none.${state}`),
          hint: t('sla.excuses.noneHint'),
        }}
      />
      {excuse && <ExcuseDrawer key={excuse.id} excuse={excuse} onClose={() => address.set({ excuse: null })} />}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Excuse>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    if (isNarrow)
      return [{ key: 'card', header: t('sla.stuck.ticket'), width: '1fr', render: (row) => <Card excuse={row} /> }];
    return [
      {
        key: 'number',
        header: t('sla.stuck.number'),
        width: '68px',
        render: ({ ticket }) => <span className={classes.number}>{ticket.number}</span>,
      },
      {
        key: 'subject',
        header: t('sla.stuck.ticket'),
        width: 'minmax(180px, 1.2fr)',
        render: ({ ticket }) => <span className={classes.clip}>{ticket.subject}</span>,
      },
      {
        key: 'metric',
        header: t('sla.excuses.metric'),
        width: '150px',
        render: ({ metric }) => t(`timing.metric.${metric}`),
      },
      {
        key: 'reason',
        header: t('sla.excuse.reason'),
        width: 'minmax(140px, 0.8fr)',
        render: ({ reason }) => reason.name,
      },
      {
        key: 'by',
        header: t('sla.excuses.askedBy'),
        width: 'minmax(120px, 0.6fr)',
        render: ({ askedBy }) => askedBy?.name ?? '',
      },
      {
        key: 'at',
        header: t('sla.excuses.askedAt'),
        width: '110px',
        render: ({ askedAt }) => <RelativeTime at={askedAt} className={classes.dim} />,
      },
    ];
  }, [isNarrow, t]);
}

function Card({ excuse }: { excuse: Excuse }) {
  const { t } = useTranslation();
  return (
    <div className={classes.lines}>
      <span className={classes.line}>
        <span className={classes.number}>{excuse.ticket.number}</span>
        <span className={classes.clip}>{excuse.ticket.subject}</span>
      </span>
      <span className={`${classes.line} ${classes.dim}`}>
        <span className={classes.clip}>
          {[t(`timing.metric.${excuse.metric}`), excuse.reason.name, excuse.askedBy?.name].filter(Boolean).join(' · ')}
        </span>
      </span>
    </div>
  );
}
