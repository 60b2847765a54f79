import { SideDrawer } from '@/directory/form-drawer';
import { useRows } from '@/directory/use-rows';
import { Button } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { IconCheck, IconHandStop, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './excuses.module.css';
import type { Outcome } from './sla.types';
import { reportTicketsQuery, type ReportParams } from './watch.queries';

const ICONS = { met: IconCheck, breached: IconX, excused: IconHandStop };

type Props = { title: string; params: ReportParams & { key?: string; outcome?: Outcome }; onClose: () => void };

/** The exact tickets behind a figure. */
export function ReportTickets({ title, params, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useInfiniteQuery(reportTicketsQuery(params));
  const { rows, more, isLoadingMore } = useRows(query);
  return (
    <SideDrawer title={title} onClose={onClose} size={560}>
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading lines={8} />}
      {query.data && rows.length === 0 && <EmptyState title={t('sla.report.noTickets')} />}
      <ul className={classes.tickets}>
        {rows.map((row) => {
          const OutcomeIcon = ICONS[row.outcome];
          return (
            <li key={`${row.ticket.id}:${row.cycle}`}>
              <span className={classes.line}>
                <OutcomeIcon size={15} data-outcome={row.outcome} aria-label={t(`sla.report.${row.outcome}`)} />
                <span className={classes.number}>{row.ticket.number}</span>
                <Link to={`/tickets/${row.ticket.number}`} className={classes.clip}>
                  {row.ticket.subject}
                </Link>
              </span>
              <span className={`${classes.line} ${classes.dim}`}>
                <span className={classes.clip}>
                  {[
                    row.company?.name,
                    row.assignee?.name,
                    row.dueAt && t('sla.panel.due', { at: format.dateTime(row.dueAt) }),
                    row.stoppedAt && t('sla.panel.stopped', { at: format.dateTime(row.stoppedAt) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" fullWidth loading={isLoadingMore} onClick={more}>
          {t('ui.more')}
        </Button>
      )}
    </SideDrawer>
  );
}
