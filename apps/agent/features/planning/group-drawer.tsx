import { useHolds } from '@/api';
import { SideDrawer } from '@/directory/form-drawer';
import { useRows } from '@/directory/use-rows';
import { Badge, Button, Group as Row, Text } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Moving } from './move-dialog';
import { occurrencesQuery, useRestore, useRetry, type Group, type Occurrence } from './planning.queries';
import classes from './planning.module.css';

const MINUTE = 60_000;
const isWaiting = ({ state, ticket }: Occurrence) =>
  !ticket && (state === 'planned' || state === 'failed' || state === 'overdue');

type Props = { group: Group; onClose: () => void; onMove: (moving: Moving) => void };

/** One entry of the calendar: its objects, their tickets, and what may be done. */
export function GroupDrawer({ group, onClose, onMove }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isManager = useHolds('planning.manage');
  const list = useInfiniteQuery(
    occurrencesQuery({
      from: group.at,
      to: new Date(new Date(group.at).getTime() + MINUTE).toISOString(),
      plannedId: group.planned.id,
    }),
  );
  const { rows, more, isLoadingMore } = useRows(list);
  const waiting = group.countPlanned + group.countFailed;
  return (
    <SideDrawer title={group.planned.name} onClose={onClose}>
      <Text size="sm">{format.full(group.at)}</Text>
      {group.shiftedFrom && (
        <Text size="xs" c="dimmed">
          {t('planning.group.shifted', { date: format.date(group.shiftedFrom) })}
        </Text>
      )}
      <Row gap="xs" my="sm">
        <Button component={Link} to={`/planning/plans/${group.planned.id}`} variant="default" size="xs">
          {t('planning.group.plan')}
        </Button>
        {isManager && waiting > 0 && (
          <>
            <Button variant="default" size="xs" onClick={() => onMove({ group, to: new Date(group.at) })}>
              {t('planning.move.all', { count: waiting })}
            </Button>
            <Button variant="default" size="xs" onClick={() => onMove({ group, to: null })}>
              {t('planning.skip.all', { count: waiting })}
            </Button>
          </>
        )}
      </Row>
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={5} />}
      <ul className={classes.occurrences}>
        {rows.map((row) => (
          <OccurrenceLine key={row.id} row={row} group={group} isManager={isManager} onMove={onMove} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="subtle" loading={isLoadingMore} onClick={more}>
          {t('ui.more')}
        </Button>
      )}
    </SideDrawer>
  );
}

const COLORS = { planned: 'blue', created: 'violet', overdue: 'red', done: 'green', skipped: 'gray', failed: 'orange' };

type LineProps = { row: Occurrence; group: Group; isManager: boolean; onMove: Props['onMove'] };

function OccurrenceLine({ row, group, isManager, onMove }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [restore, retry] = [useRestore(), useRetry()];
  const onError = (error: Error) => notifyProblem(t('ui.failed'), error);
  const one = { group, occurrenceId: row.id, object: row.object?.name ?? null };
  const why = row.skipKind && row.skipKind !== 'person' ? t(`planning.skipKind.${row.skipKind}`) : row.reason;
  return (
    <li>
      <Row gap="xs" wrap="nowrap" justify="space-between">
        <span className={classes.clip}>{row.object?.name ?? row.company?.name ?? row.planned.name}</span>
        <Badge variant="light" color={COLORS[row.state]}>
          {t(`planning.occurrence.${row.state}`)}
        </Badge>
      </Row>
      {row.ticket && (
        <Link to={`/tickets/${row.ticket.number}`} className={classes.ticketLink}>
          {row.ticket.number} {row.ticket.subject} · {row.ticket.statusName}
        </Link>
      )}
      {!row.ticket && row.state === 'planned' && row.createAt !== row.at && (
        <Text size="xs" c="dimmed">
          {t('planning.preview.created', { date: format.dateTime(row.createAt) })}
        </Text>
      )}
      {row.ruleAt !== row.at && (
        <Text size="xs" c="dimmed">
          {t('planning.group.moved', { date: format.dateTime(row.ruleAt) })}
        </Text>
      )}
      {why && (
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      )}
      {isManager && (
        <Row gap={4}>
          {isWaiting(row) && group.total > 1 && (
            <>
              <Button variant="subtle" size="compact-xs" onClick={() => onMove({ ...one, to: new Date(row.at) })}>
                {t('planning.move.one')}
              </Button>
              <Button variant="subtle" size="compact-xs" onClick={() => onMove({ ...one, to: null })}>
                {t('planning.skip.one')}
              </Button>
            </>
          )}
          {row.state === 'skipped' && row.skipKind === 'person' && new Date(row.ruleAt) > new Date() && (
            <Button
              variant="subtle"
              size="compact-xs"
              loading={restore.isPending}
              onClick={() => restore.mutate(row.id, { onError })}
            >
              {t('planning.group.restore')}
            </Button>
          )}
          {row.state === 'failed' && (
            <Button
              variant="subtle"
              size="compact-xs"
              loading={retry.isPending}
              onClick={() => retry.mutate(row.id, { onError })}
            >
              {t('planning.group.retry')}
            </Button>
          )}
        </Row>
      )}
    </li>
  );
}
