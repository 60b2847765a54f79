import { ActionIcon, Button } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { IconCalendarShare } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { CalendarField } from './board.queries';
import type { Day } from './calendar-days';
import { PriorityMark } from './marks';
import classes from './ticket-calendar.module.css';
import type { TicketRow } from './tickets.types';
import { useCardDrag, useCardDrop } from './use-card-drag';

/** Days in the language of the screen. */
export function useDayWords() {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const make = (options: Intl.DateTimeFormatOptions) => {
      const format = new Intl.DateTimeFormat(i18n.language, { timeZone: 'UTC', ...options });
      return (day: Day) => format.format(new Date(day));
    };
    return {
      day: make({ weekday: 'short', day: 'numeric', month: 'long' }),
      weekday: make({ weekday: 'short' }),
      month: make({ month: 'long', year: 'numeric' }),
    };
  }, [i18n.language]);
}

type TicketProps = { row: TicketRow; field: CalendarField; onMove: (row: TicketRow) => void; onOpen?: () => void };

/** A ticket on its day. */
export function CalendarTicket({ row, field, onMove, onOpen }: TicketProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search } = useLocation();
  const { ref, isDragged } = useCardDrag(row);
  const at = row[field];
  const isOver = row.status.category === 'done' || row.status.category === 'closed';
  const isLate = field === 'deadlineAt' && !isOver && at !== null && Date.parse(at) < Date.now();
  return (
    <div
      ref={ref}
      className={`${classes.ticket} ${row.color ? `o-tint o-tint-${row.color.tint}` : ''}`}
      data-dragged={isDragged || undefined}
      data-over={isOver || undefined}
      data-late={isLate || undefined}
      title={`№${row.number} ${row.subject} — ${row.status.name}`}
    >
      {at && <span className={classes.time}>{format.time(at)}</span>}
      <PriorityMark priority={row.priority} isShort />
      <Link
        to={{ pathname: `/tickets/${row.number}`, search }}
        className={classes.subject}
        draggable={false}
        onClick={onOpen}
      >
        {row.subject}
      </Link>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        className={classes.move}
        aria-label={t('tickets.calendar.move', { number: row.number })}
        title={t('tickets.calendar.move', { number: row.number })}
        onClick={() => onMove(row)}
      >
        <IconCalendarShare size={14} />
      </ActionIcon>
    </div>
  );
}

type CellProps = {
  day: Day;
  field: CalendarField;
  isToday: boolean;
  isOutside: boolean;
  rows: TicketRow[];
  count: number;
  onCarry: (row: TicketRow) => void;
  onMove: (row: TicketRow) => void;
  onWhole: () => void;
};

export function CalendarCell({ day, field, isToday, isOutside, rows, count, onCarry, onMove, onWhole }: CellProps) {
  const { t } = useTranslation();
  const words = useDayWords();
  const { ref, isOver } = useCardDrop<HTMLElement>(onCarry);
  return (
    <section
      ref={ref}
      className={classes.cell}
      aria-label={words.day(day)}
      data-today={isToday || undefined}
      data-outside={isOutside || undefined}
      data-over={isOver || undefined}
    >
      <h3 className={classes.date}>
        <span className={classes.weekday}>{words.weekday(day)}</span> {Number(day.slice(8))}
      </h3>
      {rows.map((row) => (
        <CalendarTicket key={row.id} row={row} field={field} onMove={onMove} />
      ))}
      {count > rows.length && (
        <Button variant="subtle" size="compact-xs" className={classes.more} onClick={onWhole}>
          {t('tickets.calendar.more', { count: count - rows.length })}
        </Button>
      )}
    </section>
  );
}
