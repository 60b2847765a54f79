import { useTranslation } from 'react-i18next';
import classes from './board.module.css';
import type { BoardPerson } from './dispatch.types';
import { useHours } from './warning-words';

type Props = { person: BoardPerson; day: number | null };

/** Hours planned of hours there are; over the edge it is red and says so in figures. */
export function LoadBar({ person, day }: Props) {
  const { t } = useTranslation();
  const hours = useHours();
  const loads = day === null ? person.load : [person.load[day]!];
  const planned = loads.reduce((sum, load) => sum + load.plannedSeconds, 0);
  const capacity = loads.reduce((sum, load) => sum + load.capacitySeconds, 0);
  const share = capacity > 0 ? planned / capacity : planned > 0 ? 2 : 0;
  const words = t('dispatch.person.load', { planned: hours(planned), capacity: hours(capacity) });
  return (
    <div className={classes.loadLine}>
      <span
        className={classes.load}
        role="meter"
        aria-label={t('dispatch.person.loadLabel')}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, Math.round(capacity / 60))}
        aria-valuenow={Math.min(Math.round(planned / 60), Math.max(1, Math.round(capacity / 60)))}
        aria-valuetext={words}
        data-tone={share > 1 ? 'over' : share > 0.8 ? 'full' : undefined}
      >
        <span className={classes.loadFill} style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className={classes.loadWords} data-over={share > 1 || undefined}>
        {words}
      </span>
    </div>
  );
}
