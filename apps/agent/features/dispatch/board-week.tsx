import { useFormat } from '@opora/ui/format';
import { EmptyState } from '@opora/ui/page';
import { IconAlertTriangle, IconCheck, IconUsersGroup } from '@tabler/icons-react';
import { type CSSProperties, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LanesProps } from './board-lanes';
import { dayAt, spanOf, within } from './board-time';
import classes from './board.module.css';
import type { BoardBlock, BoardPerson } from './dispatch.types';
import { PersonCell } from './person-cell';
import { useDraggable, useDropPlace } from './use-board-drag';
import { useHours } from './warning-words';

/** A week: a cell for each person and day; a drop takes the first free hour of the day. */
export function BoardWeek({ board, drag, now, onOpen }: LanesProps) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const today = dayAt(board.days, now);
  if (!board.people.length)
    return (
      <EmptyState
        icon={<IconUsersGroup size={36} stroke={1.3} />}
        title={t('dispatch.board.empty')}
        hint={t('dispatch.board.emptyHint')}
      />
    );
  return (
    <div className={classes.scroller} role="region" aria-label={t('dispatch.board.lanes')} tabIndex={0}>
      <div className={classes.lanes} style={{ '--hours': board.days.length * 2.4 } as CSSProperties}>
        <div className={classes.head}>
          <div className={classes.corner}>{t('dispatch.board.people', { count: board.people.length })}</div>
          <div className={classes.week} style={{ gridTemplateColumns: `repeat(${board.days.length}, 1fr)` }}>
            {board.days.map(({ date }, at) => (
              <span key={date} className={classes.weekday} data-today={at === today || undefined}>
                {weekday.format(new Date(date))}
              </span>
            ))}
          </div>
        </div>
        {board.people.map((person) => (
          <div key={person.id} className={classes.row}>
            <PersonCell person={person} board={board} day={null} drag={drag} now={now} />
            <div className={classes.week} style={{ gridTemplateColumns: `repeat(${board.days.length}, 1fr)` }}>
              {board.days.map(({ date }, day) => (
                <DayCell key={date} {...{ board, drag, now, onOpen, person, day }} />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

function DayCell({ board, drag, onOpen, person, day }: LanesProps & { person: BoardPerson; day: number }) {
  const { t } = useTranslation();
  const hours = useHours();
  const cell = useRef<HTMLDivElement>(null);
  useDropPlace(cell, () => ({ personId: person.id, at: null, day }));
  const load = person.load[day]!;
  const isUsed = load.plannedSeconds > 0 || load.capacitySeconds > 0;
  const whole = spanOf(board.days[day]!);
  const isAway = person.absences.some((absence) => within(spanOf(absence), whole));
  const blocks = person.blocks.filter((block) => within(spanOf(block), whole));
  return (
    <div
      ref={cell}
      className={classes.day}
      data-closed={load.capacitySeconds === 0 || undefined}
      data-away={isAway || undefined}
      data-over={(drag.over?.personId === person.id && drag.over.day === day) || undefined}
    >
      <span className={classes.dayLoad} data-over={load.plannedSeconds > load.capacitySeconds || undefined}>
        {[
          isAway && t('dispatch.board.absent'),
          isUsed &&
            t('dispatch.person.load', { planned: hours(load.plannedSeconds), capacity: hours(load.capacitySeconds) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {blocks.map((block) => (
        <DayVisit key={block.ticket?.id ?? block.from} {...{ board, person, block, onOpen }} />
      ))}
    </div>
  );
}

type VisitProps = Pick<LanesProps, 'board' | 'onOpen'> & { person: BoardPerson; block: BoardBlock };

function DayVisit({ board, person, block, onOpen }: VisitProps) {
  const { t } = useTranslation();
  const format = useFormat(board.timeZone);
  const button = useRef<HTMLButtonElement>(null);
  const { ticket } = block;
  useDraggable(button, { ticket: ticket!, fromId: person.id }, !!ticket?.isAssignable && !ticket.isDone);
  const time = format.time(block.from);
  if (!ticket) return <span className={classes.dayBusy}>{`${time} ${t('dispatch.board.busy')}`}</span>;
  return (
    <button
      ref={button}
      type="button"
      className={classes.dayVisit}
      style={{ borderInlineStartColor: board.zones.find(({ id }) => id === ticket.zoneIds[0])?.color }}
      data-done={ticket.isDone || undefined}
      data-late={ticket.isOverdue || undefined}
      title={`${time} № ${ticket.number} ${ticket.subject}`}
      onClick={() => onOpen(ticket.id)}
    >
      {ticket.isDone && <IconCheck size={12} aria-label={t('dispatch.board.done')} />}
      {ticket.isOverdue && !ticket.isDone && <IconAlertTriangle size={12} aria-label={t('dispatch.board.overdue')} />}
      <span className={classes.dayTime}>{time}</span>
      <span className={classes.clip}>{ticket.subject}</span>
    </button>
  );
}
