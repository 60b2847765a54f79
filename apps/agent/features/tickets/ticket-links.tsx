import { Link, useLocation } from 'react-router';
import { StatusMark } from './marks';
import classes from './ticket-pane.module.css';
import type { TicketLink } from './tickets.types';

/** Other tickets, one line each. */
export function TicketLinks({ tickets }: { tickets: Pick<TicketLink, 'id' | 'number' | 'subject' | 'status'>[] }) {
  const { search } = useLocation();
  return (
    <div className={classes.links}>
      {tickets.map(({ id, number, subject, status }) => (
        <Link key={id} to={{ pathname: `/tickets/${number}`, search }} className={classes.ticketLink} title={subject}>
          <span className={classes.fieldName}>{number}</span>
          <span className={classes.clip}>{subject}</span>
          <StatusMark status={status} />
        </Link>
      ))}
    </div>
  );
}
