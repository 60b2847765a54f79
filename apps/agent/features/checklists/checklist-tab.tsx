import { useHolds } from '@/api';
import type { Schemas } from '@opora/client';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AddChecklist } from './add-checklist';
import { ChecklistCard } from './checklist-card';
import classes from './checklists.module.css';
import { checklistsQuery } from './checklists.queries';

/** The checklists of a ticket, beside the conversation. */
export function ChecklistTab({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const number = String(ticket.number);
  const { data: lists, error, isPending, refetch } = useQuery(checklistsQuery(number));
  const mayTick = useHolds('checklists.tick') && ticket.status.category !== 'closed';
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading lines={8} />;
  return (
    <div className={classes.tab}>
      {lists.length === 0 && (
        <EmptyState
          icon={<IconChecklist size={32} stroke={1.3} />}
          title={t('checklists.empty')}
          hint={t(mayTick ? 'checklists.emptyHint' : 'checklists.emptyClosed')}
        />
      )}
      {lists.map((list) => (
        <ChecklistCard key={list.id} list={list} ticket={number} mayTick={mayTick} />
      ))}
      {mayTick && <AddChecklist ticket={number} typeId={ticket.type.id} />}
    </div>
  );
}
