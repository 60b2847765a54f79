import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, dayKey } from './calendar-days';
import { GroupChip, TicketChip, type ScheduledTicket } from './group-chip';
import type { Group } from './planning.queries';
import classes from './planning.module.css';

export type DaysProps = {
  days: Date[];
  /** The month whose days stand out; null for a week. */
  month: number | null;
  groups: Group[];
  tickets: ScheduledTicket[];
  onOpen: (group: Group) => void;
};
type Props = DaysProps & {
  isWeek: boolean;
  onMove: ((group: Group, day: string) => void) | undefined;
  onMore: (day: string) => void;
};

const SHOWN = 4;
const keyOf = ({ planned, at }: Group) => `${planned.id} ${at}`;

/** What stands on a day, in order. */
export function entriesOf(day: string, { groups, tickets }: Pick<DaysProps, 'groups' | 'tickets'>) {
  return {
    groups: groups.filter(({ at }) => dayKey(new Date(at)) === day),
    tickets: tickets.filter(({ scheduledFor }) => scheduledFor && dayKey(new Date(scheduledFor)) === day),
  };
}

/** Weeks under each other; what is not made yet can be drawn to another day, or sent there with Alt and an arrow. */
export function MonthGrid({ days, month, groups, tickets, isWeek, onOpen, onMove, onMore }: Props) {
  const { i18n } = useTranslation();
  const [dragged, setDragged] = useState<Group | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'short' });
  const today = dayKey(new Date());
  return (
    <div className={classes.grid} role="grid" data-week={isWeek || undefined}>
      <div role="row" className={classes.week}>
        {days.slice(0, 7).map((day) => (
          <div key={day.getDay()} role="columnheader" className={classes.weekday}>
            {name.format(day)}
          </div>
        ))}
      </div>
      {Array.from({ length: days.length / 7 }, (_, week) => (
        <div key={week} role="row" className={classes.week}>
          {days.slice(week * 7, week * 7 + 7).map((day) => {
            const key = dayKey(day);
            return (
              <div
                key={key}
                role="gridcell"
                data-day={key}
                className={classes.day}
                data-today={key === today || undefined}
                data-other={(month !== null && day.getMonth() !== month) || undefined}
                data-over={(over === key && dragged !== null) || undefined}
                onDragOver={(event) => {
                  if (!dragged || key < today) return;
                  event.preventDefault();
                  setOver(key);
                }}
                onDragLeave={() => setOver((present) => (present === key ? null : present))}
                onDrop={(event) => {
                  event.preventDefault();
                  if (dragged && dayKey(new Date(dragged.at)) !== key) onMove?.(dragged, key);
                  setDragged(null);
                  setOver(null);
                }}
              >
                <DayEntries
                  day={day}
                  isWeek={isWeek}
                  {...entriesOf(key, { groups, tickets })}
                  dragged={dragged}
                  onDrag={onMove ? setDragged : undefined}
                  onMove={onMove}
                  onOpen={onOpen}
                  onMore={() => onMore(key)}
                />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

type EntriesProps = Pick<DaysProps, 'groups' | 'tickets' | 'onOpen'> & {
  day: Date;
  isWeek: boolean;
  dragged: Group | null;
  onDrag: ((group: Group | null) => void) | undefined;
  onMove: Props['onMove'];
  onMore: () => void;
};

function DayEntries({ day, isWeek, groups, tickets, dragged, onDrag, onMove, onOpen, onMore }: EntriesProps) {
  const { t, i18n } = useTranslation();
  const most = isWeek ? Infinity : SHOWN;
  const hidden = Math.max(0, groups.length + tickets.length - most);
  const shown = hidden ? most - 1 : most;
  const label = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'long' }).format(day);
  return (
    <>
      <time className={classes.number} dateTime={dayKey(day)} aria-label={label}>
        {day.getDate()}
      </time>
      {groups.slice(0, shown).map((group) => (
        <GroupChip
          key={keyOf(group)}
          group={group}
          isDragged={dragged !== null && keyOf(dragged) === keyOf(group)}
          onOpen={() => onOpen(group)}
          {...(onDrag ? { onDrag: (isDragged: boolean) => onDrag(isDragged ? group : null) } : {})}
          onStep={(days) => onMove?.(group, dayKey(addDays(day, days)))}
        />
      ))}
      {tickets.slice(0, Math.max(0, shown - groups.length)).map((ticket) => (
        <TicketChip key={ticket.id} ticket={ticket} />
      ))}
      {hidden > 0 && (
        <Button variant="subtle" size="compact-xs" className={classes.start} onClick={onMore}>
          {t('planning.calendar.more', { count: hidden + 1 })}
        </Button>
      )}
    </>
  );
}
