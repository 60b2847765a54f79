import type { Schemas } from '@opora/client';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockMark, useClockWords } from './clock-mark';
import classes from './clock-mark.module.css';
import type { ClockView, Metric } from './sla.types';

const ExplanationDialog = lazy(() =>
  import('./explanation-dialog').then((dialog) => ({ default: dialog.ExplanationDialog })),
);

/** Both clocks in a ticket's header; each opens the story of its deadline. */
export function ClockChips({ ticket }: { ticket: Schemas['TicketView'] }) {
  const [isOpen, dialog] = useDisclosure(false);
  const [metric, setMetric] = useState<Metric>('resolution');
  const clocks = [ticket.sla?.reaction, ticket.sla?.resolution].filter((clock) => clock != null);
  const open = (chosen: Metric) => {
    setMetric(chosen);
    dialog.open();
  };
  return (
    <>
      {clocks.length > 0 && (
        <span className={classes.pair}>
          {clocks.map((clock) => (
            <ClockChip key={clock.metric} clock={clock} onOpen={() => open(clock.metric)} />
          ))}
        </span>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <ExplanationDialog number={String(ticket.number)} run={{ metric }} onClose={dialog.close} />
        </Suspense>
      )}
    </>
  );
}

function ClockChip({ clock, onOpen }: { clock: ClockView; onOpen: () => void }) {
  const { t } = useTranslation();
  const name = t(`timing.metric.${clock.metric}`);
  const { tone, hint } = useClockWords(clock, name);
  return (
    <button
      type="button"
      className={classes.chip}
      data-tone={tone}
      aria-label={`${hint} ${t('sla.why.open')}`}
      onClick={onOpen}
    >
      <span className={classes.chipName}>{name}</span>
      <ClockMark clock={clock} name={name} hasReason />
    </button>
  );
}

type Row = Schemas['TicketRowView'];
type RowProps = { row: Row };

export const ReactionCell = ({ row }: RowProps) => <RowClock clock={row.sla?.reaction} />;
export function ResolutionCell({ row }: RowProps) {
  const promised = useMemo(() => clockOfDate(row), [row]);
  return <RowClock clock={row.sla?.resolution ?? promised} />;
}
/** Where a row has room for one clock only: one that is late, or else the one that comes next. */
export function NextMark({ row }: RowProps) {
  const { reaction, resolution, next } = row.sla ?? {};
  const open = [reaction, resolution].filter((clock) => clock != null && clock.stoppedAt === null);
  const late = open.find((clock) => clock?.state === 'breached');
  const [first] = open
    .filter((clock) => clock?.state === 'running')
    .sort((one, other) => String(one?.dueAt).localeCompare(String(other?.dueAt)));
  return <RowClock clock={late ?? next ?? first ?? open.find((clock) => clock?.state === 'paused')} isAtEnd />;
}

/** A date set by hand ticks too where no rule promises anything. */
function clockOfDate({ deadlineAt, status }: Row): ClockView | null {
  if (deadlineAt === null || status.category === 'done' || status.category === 'closed') return null;
  return {
    ...{ metric: 'resolution', state: 'running', dueAt: deadlineAt, manualDueAt: deadlineAt },
    ...{ warnAt: null, pausedSince: null, pauseReason: null, remainingSeconds: null, stoppedAt: null },
  };
}

function RowClock({ clock, isAtEnd = false }: { clock: ClockView | null | undefined; isAtEnd?: boolean }) {
  const { t } = useTranslation();
  if (!clock) return null;
  const mark = <ClockMark clock={clock} name={t(`timing.metric.${clock.metric}`)} hasReason={!isAtEnd} />;
  return isAtEnd ? <span className={classes.atEnd}>{mark}</span> : mark;
}
