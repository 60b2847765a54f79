import { Link, useLocation } from 'react-router';
import { StatusMark } from './marks';
import classes from './ticket-pane.module.css';
import type { StatusLook } from './tickets.types';

type Linked = { id: string; number: number; subject: string; status: StatusLook };

/** Other tickets, one line each. */
export function TicketLinks({ tickets, state }: { tickets: Linked[]; state?: object }) {
  const { search } = useLocation();
  return (
    <div className={classes.links}>
      {tickets.map(({ id, number, subject, status }) => (
        <Link
          key={id}
          to={{ pathname: `/tickets/${number}`, search }}
          state={state}
          className={classes.ticketLink}
          title={subject}
        >
          <span className={classes.fieldName}>{number}</span>
          <span className={classes.clip}>{subject}</span>
          <StatusMark status={status} />
        </Link>
      ))}
    </div>
  );
}
