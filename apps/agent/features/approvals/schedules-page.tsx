import { useHolds } from '@/api';
import { DirectoryList } from '@/directory/directory-list';
import { useNarrow } from '@/directory/use-narrow';
import { Button } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconCalendarRepeat, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApprovalsTabs } from './approvals-tabs';
import classes from './approvals.module.css';
import { ScheduleDrawer } from './schedule-drawer';
import { schedulesQuery, type Schedule } from './schedules.queries';
import { useMoney } from './use-money';

/** Requests that begin by themselves: rent, monthly bills. */
export function SchedulesPage() {
  const { t } = useTranslation();
  const isOpen = useHolds('approvals.manage');
  const isNarrow = useNarrow();
  const list = useInfiniteQuery(schedulesQuery());
  const columns = useColumns(isNarrow);
  const [opened, setOpened] = useState<Schedule | 'new' | null>(null);
  return (
    <Page
      isWide
      title={t('approvals.title')}
      toolbar={<ApprovalsTabs />}
      actions={
        isOpen && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setOpened('new')}>
            {t('approvals.schedules.add')}
          </Button>
        )
      }
    >
      <DirectoryList
        label={t('approvals.schedules.title')}
        query={list}
        columns={columns}
        onOpen={setOpened}
        rowHeight={isNarrow ? 68 : 40}
        hidesHeader={isNarrow}
        empty={{
          icon: <IconCalendarRepeat size={36} stroke={1.3} />,
          title: t('approvals.schedules.none'),
          hint: t('approvals.schedules.noneHint'),
        }}
      />
      {opened && (
        <ScheduleDrawer
          key={opened === 'new' ? 'new' : opened.id}
          schedule={opened === 'new' ? null : opened}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Schedule>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const money = useMoney();
  const next = ({ isActive, nextAt, lastProblem }: Schedule) =>
    lastProblem ??
    (isActive && nextAt
      ? t('approvals.schedules.next', { when: format.dateTime(nextAt) })
      : t('approvals.schedules.stopped'));
  const sum = ({ request }: Schedule) => money(request.amount, request.currency);
  if (isNarrow)
    return [
      {
        key: 'card',
        header: t('approvals.schedules.name'),
        width: '1fr',
        render: (row) => (
          <div className={classes.lines}>
            <span className={classes.line}>
              <span className={classes.clip}>{row.name}</span>
              <span className={classes.amount}>{sum(row)}</span>
            </span>
            <span className={`${classes.clip} ${classes.dim}`}>{next(row)}</span>
          </div>
        ),
      },
    ];
  return [
    {
      key: 'name',
      header: t('approvals.schedules.name'),
      width: 'minmax(160px, 1fr)',
      render: ({ name }) => <span className={classes.clip}>{name}</span>,
    },
    {
      key: 'title',
      header: t('approvals.subject'),
      width: 'minmax(180px, 1.4fr)',
      render: ({ request }) => <span className={`${classes.clip} ${classes.dim}`}>{request.title}</span>,
    },
    {
      key: 'amount',
      header: t('approvals.amount'),
      width: '140px',
      render: (row) => <span className={classes.amount}>{sum(row)}</span>,
    },
    {
      key: 'initiator',
      header: t('approvals.initiator'),
      width: 'minmax(120px, 0.8fr)',
      render: ({ initiator }) => <span className={classes.clip}>{initiator.name}</span>,
    },
    {
      key: 'next',
      header: t('approvals.schedules.nextHeader'),
      width: 'minmax(180px, 1fr)',
      render: (row) => (
        <span className={classes.clip} title={next(row)}>
          {next(row)}
        </span>
      ),
    },
  ];
}
