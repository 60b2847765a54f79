import { useHolds } from '@/api';
import { Anchor, Button } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { IconPlus, IconRubberStamp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StateMark, Term } from './approval-words';
import { ticketApprovalsQuery } from './approvals.queries';
import classes from './approvals.module.css';
import { useMoney } from './use-money';

type Props = { ticket: Schemas['TicketView'] };

/** The approvals of a ticket, beside the conversation. */
export function TicketApprovals({ ticket }: Props) {
  const { t } = useTranslation();
  const money = useMoney();
  const mayStart = useHolds('approvals.start');
  const { data: approvals, error, refetch } = useQuery(ticketApprovalsQuery(ticket.id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!approvals) return <Loading lines={6} />;
  return (
    <div className={classes.tab}>
      {approvals.length === 0 && (
        <EmptyState
          icon={<IconRubberStamp size={32} stroke={1.3} />}
          title={t('approvals.ticketNone')}
          hint={t('approvals.ticketNoneHint')}
        />
      )}
      {approvals.map(({ id, number, title, kind, state, waitsFor, canOpen, amount, currency }) => (
        <div key={id} className={classes.card}>
          <div className={classes.headline}>
            {canOpen ? (
              <Anchor component={Link} to={`/approvals/${number}`} size="sm" fw={600}>
                {title}
              </Anchor>
            ) : (
              <strong>{title}</strong>
            )}
            <StateMark state={state} />
          </div>
          <div className={classes.dim}>{[kind.label, money(amount, currency)].filter(Boolean).join(' · ')}</div>
          {waitsFor.map(({ person, dueAt, isOverdue }) => (
            <div key={person.id} className={`${classes.line} ${classes.wrap}`}>
              <span className={classes.clip}>{t('approvals.waitsForOne', { name: person.name })}</span>
              <Term dueAt={dueAt} isOverdue={isOverdue} />
            </div>
          ))}
        </div>
      ))}
      {mayStart && (
        <Button
          component={Link}
          to={`/approvals/new?ticket=${ticket.number}`}
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
        >
          {t('approvals.ask')}
        </Button>
      )}
    </div>
  );
}
