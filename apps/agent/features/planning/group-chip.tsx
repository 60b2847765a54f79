import type { Schemas } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Group } from './planning.queries';
import classes from './planning.module.css';

export type ScheduledTicket = Schemas['TicketRowView'];
type ChipProps = {
  group: Group;
  isDragged?: boolean;
  onOpen: () => void;
  onDrag?: (isDragged: boolean) => void;
  /** Alt with an arrow: by so many days. */
  onStep?: (days: number) => void;
};

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Dates of one plan at one moment: time, name, how many and what they are. */
export function GroupChip({ group, isDragged, onOpen, onDrag, onStep }: ChipProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const movable = group.countPlanned + group.countFailed > 0 && onDrag !== undefined;
  const state = t(`planning.occurrence.${group.state}`);
  const what = group.object ? `${group.planned.name}: ${group.object.name}` : group.planned.name;
  const drag = (event: DragEvent) => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', group.planned.name);
    onDrag?.(true);
  };
  const press = (event: KeyboardEvent) => {
    const days = STEPS[event.key];
    if (!event.altKey || days === undefined || !movable) return;
    event.preventDefault();
    onStep?.(days);
  };
  return (
    <button
      type="button"
      className={classes.chip}
      data-state={group.state}
      data-dragged={isDragged || undefined}
      draggable={movable}
      title={movable ? t('planning.calendar.chipHint') : undefined}
      aria-label={`${format.time(group.at)} ${what}${group.total > 1 ? ` × ${group.total}` : ''}, ${state}`}
      aria-keyshortcuts={movable ? 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' : undefined}
      onClick={onOpen}
      onKeyDown={press}
      onDragStart={drag}
      onDragEnd={() => onDrag?.(false)}
    >
      <span className={classes.chipTime}>{format.time(group.at)}</span>
      <span className={classes.chipName}>{what}</span>
      {group.total > 1 && <span className={classes.chipCount}>{group.total}</span>}
    </button>
  );
}

/** A ticket that was given a day by hand. */
export function TicketChip({ ticket }: { ticket: ScheduledTicket }) {
  const format = useFormat();
  const time = ticket.scheduledFor ? format.time(ticket.scheduledFor) : '';
  return (
    <Link to={`/tickets/${ticket.number}`} className={classes.chip} data-state="ticket">
      <span className={classes.chipTime}>{time}</span>
      <span className={classes.chipName}>
        {ticket.number} {ticket.subject}
      </span>
    </Link>
  );
}
