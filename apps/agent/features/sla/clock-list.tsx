import { useFormat } from '@opora/ui/format';
import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ClockMark } from './clock-mark';
import classes from './deadlines.module.css';
import type { ClockDetail, RunRef } from './sla.types';

type Props = {
  clocks: ClockDetail[];
  onWhy: (run: RunRef) => void;
  onExcuse: ((run: RunRef) => void) | undefined;
  /** The engineer has come. */
  onArrive: (() => void) | undefined;
};

/** All clocks of a ticket, one under another. */
export function ClockList({ clocks, ...deeds }: Props) {
  return (
    <ul className={classes.clocks}>
      {clocks.map((clock) => (
        <Clock key={clock.id} clock={clock} {...deeds} />
      ))}
    </ul>
  );
}

function Clock({ clock, onWhy, onExcuse, onArrive }: Omit<Props, 'clocks'> & { clock: ClockDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const metric = t(`timing.metric.${clock.metric}`);
  const name = clock.cycle > 1 ? t('sla.panel.cycle', { name: metric, cycle: clock.cycle }) : metric;
  const { cycle, excuse } = clock;
  const run = { metric: clock.metric, cycle };
  const mayExcuse = clock.breachedAt !== null && (excuse === null || excuse.state === 'declined');
  return (
    <li className={classes.clock}>
      <span className={classes.clockName}>{name}</span>
      <ClockMark clock={clock} name={name} />
      {clock.manualDueAt && (
        <span className={classes.manual}>
          <IconHandStop size={14} aria-hidden />
          {t('sla.panel.manual', { at: format.dateTime(clock.manualDueAt) })}
        </span>
      )}
      <span className={classes.clockFacts}>
        {clock.state === 'paused'
          ? t('sla.panel.paused', { reason: clock.pauseReason ?? t('sla.clock.pausedPlain') })
          : clock.stoppedAt
            ? t('sla.panel.stopped', { at: format.dateTime(clock.stoppedAt) })
            : clock.dueAt && t('sla.panel.due', { at: format.dateTime(clock.dueAt) })}
      </span>
      <span className={classes.clockDeeds}>
        <button type="button" className={classes.link} onClick={() => onWhy(run)}>
          {clock.dueAt ? t('sla.why.ask', { at: format.time(clock.dueAt) }) : t('sla.why.plain')}
        </button>
        {excuse && <span className={classes.clockState}>{t(`sla.excuse.state.${excuse.state}`)}</span>}
        {mayExcuse && onExcuse && (
          <button type="button" className={classes.link} onClick={() => onExcuse(run)}>
            {t('sla.excuse.ask')}
          </button>
        )}
        {clock.metric === 'arrival' && clock.stoppedAt === null && onArrive && (
          <button type="button" className={classes.link} onClick={onArrive}>
            {t('sla.panel.arrived')}
          </button>
        )}
      </span>
    </li>
  );
}
