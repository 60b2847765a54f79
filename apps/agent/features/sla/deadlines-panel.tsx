import type { Schemas } from '@opora/client';
import { useHolds } from '@/api';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconClockPlus, IconHourglassOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockList } from './clock-list';
import { DeadlineDialog } from './deadline-dialog';
import classes from './deadlines.module.css';
import { ExcuseDialog } from './excuse-dialog';
import { ExplanationDialog } from './explanation-dialog';
import { OwnersBar } from './owners-bar';
import { PolicyMatch } from './policy-match';
import { ticketSlaQuery, useArrive } from './sla.queries';
import type { RunRef } from './sla.types';
import { StatusTimes } from './status-times';

type Open = { kind: 'why' | 'excuse'; run: RunRef } | { kind: 'deadline' } | null;

/** «Сроки»: every clock of a ticket, the rule it follows, and whose time has gone by. */
export function DeadlinesPanel({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const number = String(ticket.number);
  const maySetDeadline = useHolds('sla.set_deadline');
  const mayAsk = useHolds('sla.excuse');
  const [open, setOpen] = useState<Open>(null);
  const arrival = useArrive(number);
  const { data, error, refetch } = useQuery(ticketSlaQuery(number));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  const close = () => setOpen(null);
  const arrive = () => arrival.mutate(undefined, { onError: (problem) => notifyProblem(t('ui.failed'), problem) });
  return (
    <div className={classes.panel}>
      <Section title={t('sla.panel.clocks')}>
        {data.clocks.length === 0 ? (
          <EmptyState
            icon={<IconHourglassOff size={28} stroke={1.4} />}
            title={t('sla.panel.noClocks')}
            hint={t('sla.panel.noClocksHint')}
          />
        ) : (
          <ClockList
            clocks={data.clocks}
            onWhy={(run) => setOpen({ kind: 'why', run })}
            onExcuse={mayAsk ? (run) => setOpen({ kind: 'excuse', run }) : undefined}
            onArrive={ticket.can.update ? arrive : undefined}
          />
        )}
        {maySetDeadline && (
          <button type="button" className={classes.link} onClick={() => setOpen({ kind: 'deadline' })}>
            <IconClockPlus size={14} aria-hidden />
            {data.manual ? t('sla.deadline.change') : t('sla.deadline.set')}
          </button>
        )}
      </Section>
      <Section title={t('sla.panel.policy')}>
        <PolicyMatch policy={data.policy} candidates={data.candidates} />
      </Section>
      <Section title={t('sla.panel.owners')}>
        <OwnersBar owners={data.owners} total={data.totalSeconds} />
      </Section>
      {data.statuses.length > 0 && (
        <Section title={t('sla.panel.statuses')}>
          <StatusTimes statuses={data.statuses} />
        </Section>
      )}
      {open?.kind === 'why' && <ExplanationDialog number={number} run={open.run} onClose={close} />}
      {open?.kind === 'excuse' && <ExcuseDialog number={number} run={open.run} onClose={close} />}
      {open?.kind === 'deadline' && <DeadlineDialog number={number} sla={data} onClose={close} />}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      {children}
    </section>
  );
}
