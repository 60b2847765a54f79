import { Button, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useFormat } from '@opora/ui/format';
import { useTitle } from '@/use-title';
import { useMoney } from './approval-facts';
import { approvalListQuery, type ApprovalRow, type ListState } from './approvals.queries';
import classes from './approvals.module.css';

/** What waits for my decision, and what I have decided. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  useTitle(t('approvals.title'));
  const [params, setParams] = useSearchParams();
  const state: ListState = params.get('state') === 'done' ? 'done' : 'open';
  return (
    <Stack gap="md">
      <Title order={1}>{t('approvals.title')}</Title>
      <SegmentedControl
        aria-label={t('approvals.which')}
        value={state}
        onChange={(value) => setParams(value === 'done' ? { state: 'done' } : {}, { replace: true })}
        data={(['open', 'done'] as const).map((value) => ({ value, label: t(`approvals.${value}`) }))}
        className={classes.states}
      />
      <Approvals state={state} />
    </Stack>
  );
}

function Approvals({ state }: { state: ListState }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    ...approvalListQuery(state),
    throwOnError: (_error, query) => query.state.data === undefined,
  });
  if (!list.data) return <Skeleton h={220} radius="md" />;
  const approvals = list.data.pages.flatMap(({ data }) => data);
  if (!approvals.length)
    return (
      <Stack gap="xs" align="center" mt="8vh" ta="center">
        <Title order={2} size="h4">
          {t(`approvals.empty.${state}`)}
        </Title>
        <Text c="dimmed">{t(`approvals.emptyText.${state}`)}</Text>
      </Stack>
    );
  return (
    <Stack gap="sm">
      <ul className={classes.cards} aria-label={t('approvals.title')}>
        {approvals.map((approval) => (
          <li key={approval.id}>
            <Card approval={approval} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('approvals.more')}
        </Button>
      )}
    </Stack>
  );
}

function Card({ approval }: { approval: ApprovalRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = useMoney();
  const { id, number, title, kind, amount, currency, state, dueAt, isOverdue, decidedAt } = approval;
  const when =
    state === 'asked'
      ? dueAt && t(isOverdue ? 'approvals.late' : 'approvals.until', { date: format.dateTime(dueAt) })
      : decidedAt && format.dateTime(decidedAt);
  return (
    <Link to={`/approvals/${id}`} className={classes.card} data-state={state}>
      <span className={classes.cardTitle}>{title}</span>
      {amount !== null && <span className={classes.cardAmount}>{money(amount, currency)}</span>}
      <Text component="span" size="sm" c="dimmed">
        {`${t('approvals.number', { number })} · ${kind.label}`}
      </Text>
      <span className={classes.due} data-late={(state === 'asked' && isOverdue) || undefined}>
        {[t(`approvals.state.${state}`), when].filter(Boolean).join(' · ')}
      </span>
    </Link>
  );
}
