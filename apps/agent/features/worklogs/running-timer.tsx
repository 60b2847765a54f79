import { useHolds } from '@/api';
import { ActionIcon } from '@mantine/core';
import { notifyProblem } from '@opora/ui/theme';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconStopwatch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StopTimerDialog } from './stop-timer-dialog';
import { timerQuery, useTimerDeed } from './timer.queries';
import { useTimerClock } from './use-timer-clock';
import classes from './worklogs.module.css';

/** The person's timer on every screen while there is one: which ticket, how long, pause and end. */
export function RunningTimer() {
  return useHolds('billing.log_time') ? <Running /> : null;
}

function Running() {
  const { t } = useTranslation();
  const { data: mine } = useQuery(timerQuery());
  const clock = useTimerClock(mine);
  const deed = useTimerDeed();
  const [isStopping, setStopping] = useState(false);
  if (!mine?.timer) return null;
  const { ticket, isRunning } = mine.timer;
  const onError = (error: Error) => notifyProblem(t('worklogs.timer.failed'), error);
  const PauseIcon = isRunning ? IconPlayerPause : IconPlayerPlay;
  return (
    <div className={classes.running} data-running={isRunning || undefined}>
      <IconStopwatch size={15} aria-hidden />
      <span className={classes.clock} role="timer" aria-label={t('worklogs.timer.mine')}>
        {clock}
      </span>
      {ticket && (
        <Link to={`/tickets/${ticket.number}`} className={classes.runningTicket} title={ticket.subject}>
          {ticket.number}
        </Link>
      )}
      <ActionIcon
        size={26}
        aria-label={t(isRunning ? 'worklogs.timer.pause' : 'worklogs.timer.resume')}
        onClick={() => deed.mutate({ kind: isRunning ? 'pause' : 'resume' }, { onError })}
      >
        <PauseIcon size={15} />
      </ActionIcon>
      <ActionIcon size={26} aria-label={t('worklogs.timer.stop')} onClick={() => setStopping(true)}>
        <IconPlayerStop size={15} />
      </ActionIcon>
      {isStopping && <StopTimerDialog clock={clock} onClose={() => setStopping(false)} />}
    </div>
  );
}
