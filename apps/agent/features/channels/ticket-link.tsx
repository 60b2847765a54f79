import { Link } from 'react-router';
import classes from './channels.module.css';

/** The ticket a mail belongs to. */
export function TicketLink({ number }: { number: number | null }) {
  if (number === null) return null;
  return (
    <Link
      to={`/tickets/${number}`}
      className={classes.ticket}
      data-own-click
      onClick={(event) => event.stopPropagation()}
    >
      {`№ ${number}`}
    </Link>
  );
}
