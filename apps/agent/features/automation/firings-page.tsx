import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useNarrow } from '@/directory/use-narrow';
import { SegmentedControl, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconBolt } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import classes from './automation.module.css';
import { RuleTabs } from './automation-tabs';
import { FiringDrawer } from './firing-drawer';
import { OutcomeBadge } from './outcome-badge';
import { firingsQuery, ruleQuery, type Firing } from './rules.queries';

const OUTCOMES = ['fired', 'failed', 'stopped'] as const;

/** What the rule did, on which tickets, and how it ended. */
export function FiringsPage() {
  const { t } = useTranslation();
  const { id = '', firingId } = useParams();
  const navigate = useNavigate();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const [outcome, setOutcome] = useState<Firing['outcome'] | null>(null);
  const { data: rule } = useQuery(ruleQuery(id));
  const list = useInfiniteQuery(firingsQuery(id, outcome));
  const columns = useColumns(isNarrow);
  const go = (to?: string) => void navigate(`/rules/${id}/firings${to ? `/${to}` : ''}`);
  return (
    <Page isWide title={rule ? `№${rule.number} ${rule.name}` : t('automation.firings')} toolbar={<RuleTabs id={id} />}>
      <FilterBar>
        <SegmentedControl
          size="xs"
          aria-label={t('automation.outcomeLabel')}
          data={[
            { value: '', label: t('automation.anyOutcome') },
            ...OUTCOMES.map((value) => ({ value, label: t(`automation.outcome.${value}`) })),
          ]}
          value={outcome ?? ''}
          onChange={(value) => setOutcome((value || null) as Firing['outcome'] | null)}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('automation.firings')}
          query={list}
          columns={columns}
          selected={firingId ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 76 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconBolt size={36} stroke={1.3} />,
            title: t('automation.noFirings'),
            hint: t('automation.noFiringsHint'),
          }}
        />
      </div>
      {firingId && <FiringDrawer key={firingId} id={firingId} onClose={() => go()} />}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Firing>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const ticket = ({ ticket: { number, subject } }: Firing) => (
      <Link to={`/tickets/${number}`} className={classes.ticket} onClick={(event) => event.stopPropagation()}>
        {number} {subject}
      </Link>
    );
    if (isNarrow)
      return [
        {
          key: 'firing',
          header: t('automation.firings'),
          width: '1fr',
          render: (row: Firing) => (
            <div className={classes.narrow}>
              <span className={classes.spread}>
                <OutcomeBadge outcome={row.outcome} />
                <RelativeTime at={row.at} className={classes.dim} />
              </span>
              {ticket(row)}
              <Text size="xs" c="dimmed" truncate>
                {row.reason ?? row.event}
              </Text>
            </div>
          ),
        },
      ];
    return [
      {
        key: 'outcome',
        header: t('automation.outcomeLabel'),
        width: '130px',
        render: (row: Firing) => <OutcomeBadge outcome={row.outcome} />,
      },
      { key: 'ticket', header: t('automation.ticket'), width: 'minmax(200px, 1.4fr)', render: ticket },
      {
        key: 'event',
        header: t('automation.event'),
        width: 'minmax(150px, 0.9fr)',
        render: (row: Firing) => row.event,
      },
      {
        key: 'reason',
        header: t('automation.reason'),
        width: 'minmax(160px, 1.2fr)',
        render: (row: Firing) => <span className={classes.dim}>{row.reason}</span>,
      },
      {
        key: 'at',
        header: t('automation.at'),
        width: '130px',
        align: 'end' as const,
        render: (row: Firing) => <RelativeTime at={row.at} />,
      },
    ];
  }, [isNarrow, t]);
}
