import type { StatusCategory } from './tickets.queries';
import classes from './ticket-status.module.css';

/** The status in words; the colour only repeats them. */
export function TicketStatus({ name, category }: { name: string; category: StatusCategory }) {
  return (
    <span className={classes.status} data-category={category}>
      {name}
    </span>
  );
}
