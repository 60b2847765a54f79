import { DirectoryList } from '@/directory/directory-list';
import { useNarrow } from '@/directory/use-narrow';
import { useSpans } from '@/timing/spans';
import { Badge } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconClockExclamation, IconMoodSmile } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import classes from './excuses.module.css';
import { SlaTabs } from './sla-tabs';
import type { StuckRow } from './sla.types';
import { stuckQuery } from './watch.queries';

/** Tickets that have stood in a status longer than its limit, the longest first. */
export function StuckPage() {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const navigate = useNavigate();
  const list = useInfiniteQuery(stuckQuery());
  const columns = useColumns(isNarrow);
  return (
    <Page isWide title={t('sla.stuck.title')} toolbar={<SlaTabs />}>
      <DirectoryList
        label={t('sla.stuck.title')}
        query={list}
        columns={columns}
        onOpen={(row) => void navigate(`/tickets/${row.ticket.number}`)}
        rowHeight={isNarrow ? 84 : 36}
        hidesHeader={isNarrow}
        empty={{
          icon: <IconMoodSmile size={36} stroke={1.3} />,
          title: t('sla.stuck.empty'),
          hint: t('sla.stuck.emptyHint'),
        }}
      />
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<StuckRow>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    if (isNarrow)
      return [{ key: 'card', header: t('sla.stuck.ticket'), width: '1fr', render: (row) => <Card row={row} /> }];
    return [
      {
        key: 'number',
        header: t('sla.stuck.number'),
        width: '68px',
        render: (row) => <span className={classes.number}>{row.ticket.number}</span>,
      },
      {
        key: 'subject',
        header: t('sla.stuck.ticket'),
        width: 'minmax(180px, 1.6fr)',
        render: (row) => <Subject row={row} />,
      },
      {
        key: 'company',
        header: t('sla.stuck.company'),
        width: 'minmax(100px, 0.8fr)',
        render: (row) => row.company?.name ?? '',
      },
      { key: 'status', header: t('sla.stuck.status'), width: '150px', render: (row) => <Status row={row} /> },
      { key: 'age', header: t('sla.stuck.age'), width: '150px', render: (row) => <Age row={row} /> },
      {
        key: 'assignee',
        header: t('sla.stuck.assignee'),
        width: 'minmax(110px, 0.8fr)',
        render: (row) => row.assignee?.name ?? row.team?.name ?? t('sla.stuck.nobody'),
      },
      {
        key: 'mover',
        header: t('sla.stuck.mover'),
        width: 'minmax(150px, 1fr)',
        render: (row) => <Mover row={row} />,
      },
      {
        key: 'reason',
        header: t('sla.stuck.reason'),
        width: 'minmax(90px, 0.6fr)',
        render: (row) => row.reason ?? '',
      },
    ];
  }, [isNarrow, t]);
}

type RowProps = { row: StuckRow };

function Subject({ row }: RowProps) {
  return (
    <Link to={`/tickets/${row.ticket.number}`} className={`${classes.link} ${classes.clip}`} tabIndex={-1}>
      {row.ticket.subject}
    </Link>
  );
}

const Status = ({ row }: RowProps) => (
  <Badge color={row.status.color} variant="light">
    {row.status.name}
  </Badge>
);

function Age({ row }: RowProps) {
  const { t } = useTranslation();
  const spans = useSpans();
  const [age, limit] = [spans.work(row.workingSeconds), spans.work(row.limitSeconds)];
  return (
    <span className={`${classes.line} ${classes.late}`} title={t('sla.stuck.ageHint', { limit })}>
      <IconClockExclamation size={14} aria-hidden />
      {t('sla.stuck.over', { age, limit })}
    </span>
  );
}

function Mover({ row }: RowProps) {
  return (
    <span className={classes.line}>
      <span className={classes.clip}>{row.lastMover?.name ?? '—'}</span>
      {row.lastMovedAt && <RelativeTime at={row.lastMovedAt} className={classes.dim} />}
    </span>
  );
}

function Card({ row }: RowProps) {
  return (
    <div className={classes.lines}>
      <span className={classes.line}>
        <span className={classes.number}>{row.ticket.number}</span>
        <Subject row={row} />
      </span>
      <span className={classes.line}>
        <Status row={row} />
        <Age row={row} />
      </span>
      <span className={`${classes.line} ${classes.dim}`}>
        <span className={classes.clip}>
          {[row.company?.name, row.assignee?.name ?? row.team?.name, row.reason].filter(Boolean).join(' · ')}
        </span>
      </span>
    </div>
  );
}
