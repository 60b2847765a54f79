import { useHolds } from '@/api';
import { ActionIcon, Tooltip } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { useHotkey } from '@opora/ui/hotkeys';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconStopwatch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QuickLog } from './quick-log';
import { StopTimerDialog } from './stop-timer-dialog';
import { timerQuery, useTimerDeed } from './timer.queries';
import { useTimerClock } from './use-timer-clock';
import classes from './worklogs.module.css';

/** In the ticket's header: the timer, to start it or running, and the quick entry. */
export function TimerButton({ ticket }: { ticket: Schemas['TicketView'] }) {
  if (!useHolds('billing.log_time')) return null;
  return (
    <>
      <Timer ticket={ticket} />
      <QuickLog ticketId={ticket.id} />
    </>
  );
}

function Timer({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const { data: mine } = useQuery(timerQuery());
  const clock = useTimerClock(mine);
  const deed = useTimerDeed();
  const [isStopping, setStopping] = useState(false);
  const isHere = mine?.timer?.ticket?.id === ticket.id;
  const isRunning = isHere && mine.timer?.isRunning === true;
  const onError = (error: Error) => notifyProblem(t('worklogs.timer.failed'), error);
  const start = () =>
    deed.mutate(
      { kind: 'start', ticketId: ticket.id },
      {
        onError,
        onSuccess: ({ logged }) =>
          logged && notifyDone(t('worklogs.timer.moved', { spent: logged.spent, number: logged.ticket?.number })),
      },
    );
  const toggle = () => (isHere ? setStopping(true) : start());
  useHotkey('shift+KeyW', toggle, { label: t('worklogs.keys.timer'), group: t('worklogs.keys.group') });
  if (!isHere) {
    return (
      <Tooltip label={t('worklogs.timer.start')}>
        <ActionIcon aria-label={t('worklogs.timer.start')} loading={deed.isPending} onClick={start}>
          <IconStopwatch size={17} />
        </ActionIcon>
      </Tooltip>
    );
  }
  const PauseIcon = isRunning ? IconPlayerPause : IconPlayerPlay;
  return (
    <span className={classes.timer} data-running={isRunning || undefined}>
      <IconStopwatch size={15} aria-hidden />
      <span className={classes.clock} role="timer" aria-label={t('worklogs.timer.mine')}>
        {clock}
      </span>
      <ActionIcon
        size={24}
        aria-label={t(isRunning ? 'worklogs.timer.pause' : 'worklogs.timer.resume')}
        onClick={() => deed.mutate({ kind: isRunning ? 'pause' : 'resume' }, { onError })}
      >
        <PauseIcon size={15} />
      </ActionIcon>
      <ActionIcon size={24} aria-label={t('worklogs.timer.stop')} onClick={() => setStopping(true)}>
        <IconPlayerStop size={15} />
      </ActionIcon>
      {isStopping && <StopTimerDialog clock={clock} onClose={() => setStopping(false)} />}
    </span>
  );
}
