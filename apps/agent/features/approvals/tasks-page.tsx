import { DirectoryList } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { Button, SegmentedControl } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconListCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApprovalsTabs } from './approvals-tabs';
import { approvalTasksQuery, useTaskDone, type ApprovalTask } from './approvals.queries';
import classes from './approvals.module.css';
import { useMoney } from './use-money';

/** What I have to do after the last decision. */
export function TasksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isNarrow = useNarrow();
  const address = useListAddress();
  const state = address.get('state') === 'done' ? 'done' : 'open';
  const list = useInfiniteQuery(approvalTasksQuery(state));
  const columns = useColumns(isNarrow);
  return (
    <Page isWide title={t('approvals.title')} toolbar={<ApprovalsTabs />}>
      <FilterBar>
        <SegmentedControl
          size="xs"
          aria-label={t('approvals.stateLabel')}
          value={state}
          onChange={(next) => address.set({ state: next === 'done' ? 'done' : null })}
          data={(['open', 'done'] as const).map((value) => ({ value, label: t(`approvals.taskState.${value}`) }))}
        />
      </FilterBar>
      <DirectoryList
        label={t('approvals.box.tasks')}
        query={list}
        columns={columns}
        onOpen={({ approval }) => void navigate(`/approvals/${approval.number}`)}
        rowHeight={isNarrow ? 60 : 38}
        hidesHeader={isNarrow}
        empty={{
          icon: <IconListCheck size={36} stroke={1.3} />,
          title: t(`approvals.noTasks.${state}`),
          hint: t('approvals.noTasksHint'),
        }}
      />
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<ApprovalTask>[] {
  const { t } = useTranslation();
  const money = useMoney();
  return useMemo(() => {
    const task: Column<ApprovalTask> = {
      key: 'task',
      header: t('approvals.task'),
      width: 'minmax(180px, 1.4fr)',
      render: ({ text, approval }) => (
        <span className={classes.clip}>
          {text} <span className={classes.dim}>{`${approval.number} ${approval.title}`}</span>
        </span>
      ),
    };
    const done: Column<ApprovalTask> = {
      key: 'done',
      header: '',
      width: '110px',
      render: (row) => <Done task={row} />,
    };
    if (isNarrow) return [{ ...task, width: '1fr' }, done];
    return [
      task,
      {
        key: 'amount',
        header: t('approvals.amount'),
        width: '150px',
        render: ({ approval }) => <span className={classes.amount}>{money(approval.amount, approval.currency)}</span>,
      },
      {
        key: 'at',
        header: t('approvals.given'),
        width: '110px',
        render: ({ createdAt }) => <RelativeTime at={createdAt} className={classes.dim} />,
      },
      done,
    ];
  }, [isNarrow, money, t]);
}

function Done({ task }: { task: ApprovalTask }) {
  const { t } = useTranslation();
  const done = useTaskDone();
  if (task.doneAt) return <RelativeTime at={task.doneAt} className={classes.dim} />;
  return (
    <Button
      size="compact-xs"
      variant="light"
      loading={done.isPending}
      onClick={(event) => {
        event.stopPropagation();
        done.mutate({ id: task.id });
      }}
    >
      {t('approvals.taskDone')}
    </Button>
  );
}
