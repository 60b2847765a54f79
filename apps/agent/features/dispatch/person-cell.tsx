import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardDrag } from './board-lanes';
import classes from './board.module.css';
import { warningsOf } from './board-warnings';
import type { Board, BoardPerson } from './dispatch.types';
import { LoadBar } from './load-bar';
import { useDropPlace } from './use-board-drag';
import { useHours, useWarningWords } from './warning-words';

type Props = { person: BoardPerson; board: Board; day: number | null; drag: BoardDrag; now: number };

/** Who it is, how full his time is, what he knows and where he goes; a drop here hands over without a time. */
export function PersonCell({ person, board, day, drag, now }: Props) {
  const { t } = useTranslation();
  const hours = useHours();
  const cell = useRef<HTMLDivElement>(null);
  useDropPlace(cell, () => ({ personId: person.id, at: null, day: null }));
  const isOver = drag.over?.personId === person.id;
  const zones = board.zones.filter(({ id }) => person.zoneIds.includes(id));
  const skills = person.skills.map(({ skillId, level }) => {
    const name = board.skills.find(({ id }) => id === skillId)?.name ?? '';
    return `${name} ${level}`;
  });
  return (
    <div ref={cell} className={classes.person} data-over={isOver || undefined} data-person-cell={person.id}>
      <div className={classes.nameLine}>
        <span className={classes.name}>{person.name}</span>
        {zones.length > 0 && (
          <Tooltip label={zones.map(({ name }) => name).join(', ')} withArrow>
            <span className={classes.dots} role="img" aria-label={zones.map(({ name }) => name).join(', ')}>
              {zones.slice(0, 5).map(({ id, color }) => (
                <span key={id} className={classes.dot} style={{ background: color }} />
              ))}
            </span>
          </Tooltip>
        )}
      </div>
      <LoadBar person={person} day={day} />
      {drag.dragged ? (
        <Fit person={person} board={board} ticket={drag.dragged.ticket} now={now} />
      ) : (
        <div
          className={classes.counts}
          title={t('dispatch.person.backlogHint', {
            count: person.backlogCount,
            hours: hours(person.backlogSeconds),
            unplanned: person.unplannedCount,
          })}
        >
          <span>{t('dispatch.person.open', { count: person.openCount })}</span>
          {person.overdueCount > 0 && (
            <span className={classes.late}>{t('dispatch.person.overdue', { count: person.overdueCount })}</span>
          )}
        </div>
      )}
      {skills.length > 0 && !drag.dragged && (
        <div className={classes.skills} title={skills.join('\n')}>
          {skills.join(' · ')}
        </div>
      )}
    </div>
  );
}

type FitProps = { person: BoardPerson; board: Board; ticket: NonNullable<BoardDrag['dragged']>['ticket']; now: number };

/** Whether the ticket under the pointer is for him. */
function Fit({ person, board, ticket, now }: FitProps) {
  const { t } = useTranslation();
  const words = useWarningWords(board);
  const warnings = warningsOf(board, person, ticket, null, now);
  if (!warnings.length)
    return (
      <div className={classes.fit}>
        <IconCheck size={13} aria-hidden /> {t('dispatch.person.fits')}
      </div>
    );
  return (
    <div className={classes.unfit}>
      <IconAlertTriangle size={13} aria-hidden /> {warnings.map(words).join('; ')}
    </div>
  );
}
