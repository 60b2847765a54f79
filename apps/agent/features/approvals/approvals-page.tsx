import { useHolds } from '@/api';
import { DirectoryList } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Button, NativeSelect } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconPlus, IconRubberStamp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { StateMark, Term } from './approval-words';
import { ApprovalsTabs } from './approvals-tabs';
import { approvalsQuery, BOXES, type ApprovalRow, type ApprovalState, type Box } from './approvals.queries';
import classes from './approvals.module.css';
import { useMoney } from './use-money';

const STATES: ApprovalState[] = ['waiting', 'returned', 'approved', 'declined', 'recalled'];

/** Requests for approval: the most urgent first where they wait for me, otherwise the newest. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isNarrow = useNarrow();
  const address = useListAddress();
  const { pathname } = useLocation();
  const box = BOXES.find((each) => pathname.endsWith(`/${each}`)) ?? 'inbox';
  const state = STATES.find((each) => each === address.get('state'));
  const q = address.get('q');
  const list = useInfiniteQuery(approvalsQuery(box, q, box === 'inbox' ? undefined : state));
  const columns = useColumns(isNarrow, box);
  return (
    <Page isWide title={t('approvals.title')} actions={<StartButton />} toolbar={<ApprovalsTabs />}>
      <FilterBar>
        <SearchBox label={t('approvals.search')} value={q ?? ''} onChange={(next) => address.set({ q: next })} />
        {box !== 'inbox' && (
          <NativeSelect
            size="xs"
            aria-label={t('approvals.stateLabel')}
            value={state ?? ''}
            onChange={({ currentTarget }) => address.set({ state: currentTarget.value })}
            data={[
              { value: '', label: t('approvals.anyState') },
              ...STATES.map((value) => ({ value, label: t(`approvals.state.${value}`) })),
            ]}
          />
        )}
      </FilterBar>
      <DirectoryList
        label={t(`approvals.box.${box}`)}
        query={list}
        columns={columns}
        onOpen={({ number }) => void navigate(`/approvals/${number}`)}
        rowHeight={isNarrow ? 68 : 36}
        hidesHeader={isNarrow}
        empty={{
          icon: <IconRubberStamp size={36} stroke={1.3} />,
          title: t(q || state ? 'approvals.nothingFound' : `approvals.none.${box}`),
          hint: t(`approvals.noneHint.${box}`),
        }}
      />
    </Page>
  );
}

function StartButton() {
  const { t } = useTranslation();
  if (!useHolds('approvals.start')) return null;
  return (
    <Button component={Link} to="/approvals/new" leftSection={<IconPlus size={15} />}>
      {t('approvals.start')}
    </Button>
  );
}

/** What waits for me needs no «waits for», what I asked for no initiator. */
const HIDDEN: Record<Box, string> = { inbox: 'waits', mine: 'initiator', copies: '', all: '' };

function useColumns(isNarrow: boolean, box: Box): Column<ApprovalRow>[] {
  const { t } = useTranslation();
  const money = useMoney();
  return useMemo(() => {
    if (isNarrow)
      return [{ key: 'card', header: t('approvals.subject'), width: '1fr', render: (row) => <Card approval={row} /> }];
    const columns: Column<ApprovalRow>[] = [
      {
        key: 'number',
        header: t('approvals.numberHeader'),
        width: '60px',
        render: ({ number }) => <span className={classes.number}>{number}</span>,
      },
      {
        key: 'title',
        header: t('approvals.subject'),
        width: 'minmax(180px, 1.6fr)',
        render: ({ title, kind }) => (
          <span className={classes.clip}>
            {title} <span className={classes.dim}>{kind.label}</span>
          </span>
        ),
      },
      {
        key: 'amount',
        header: t('approvals.amount'),
        width: '140px',
        render: ({ amount, currency }) => <span className={classes.amount}>{money(amount, currency)}</span>,
      },
      {
        key: 'state',
        header: t('approvals.stateLabel'),
        width: '150px',
        render: ({ state }) => <StateMark state={state} />,
      },
      {
        key: 'stage',
        header: t('approvals.stage'),
        width: 'minmax(120px, 0.8fr)',
        render: ({ stage }) =>
          stage && (
            <span className={classes.clip}>
              <span className={classes.dim}>{`${stage.index + 1}/${stage.count}`}</span> {stage.name}
            </span>
          ),
      },
      {
        key: 'waits',
        header: t('approvals.waitsFor'),
        width: 'minmax(120px, 0.8fr)',
        render: ({ waitsFor }) => (
          <span className={classes.clip} title={waitsFor.map(({ person }) => person.name).join(', ')}>
            {waitsFor.map(({ person }) => person.name).join(', ')}
          </span>
        ),
      },
      { key: 'due', header: t('approvals.due'), width: '130px', render: (row) => <RowTerm approval={row} /> },
      {
        key: 'initiator',
        header: t('approvals.initiator'),
        width: 'minmax(110px, 0.6fr)',
        render: ({ initiator }) => <span className={classes.clip}>{initiator.name}</span>,
      },
      {
        key: 'at',
        header: t('approvals.created'),
        width: '96px',
        render: ({ createdAt }) => <RelativeTime at={createdAt} className={classes.dim} />,
      },
    ];
    return columns.filter(({ key }) => key !== HIDDEN[box]);
  }, [isNarrow, box, money, t]);
}

/** My own term where it waits for me, otherwise the soonest of those who are asked. */
function RowTerm({ approval: { mine, waitsFor } }: { approval: ApprovalRow }) {
  const shown = mine ?? waitsFor.find(({ isOverdue }) => isOverdue) ?? waitsFor[0];
  return shown ? <Term dueAt={shown.dueAt} isOverdue={shown.isOverdue} /> : null;
}

function Card({ approval }: { approval: ApprovalRow }) {
  const money = useMoney();
  const { number, title, kind, amount, currency, state } = approval;
  return (
    <div className={classes.lines}>
      <span className={classes.line}>
        <span className={classes.number}>{number}</span>
        <span className={classes.clip}>{title}</span>
        <span className={classes.amount}>{money(amount, currency)}</span>
      </span>
      <span className={classes.line}>
        <StateMark state={state} />
        <RowTerm approval={approval} />
        <span className={`${classes.clip} ${classes.dim}`}>{kind.label}</span>
      </span>
    </div>
  );
}
