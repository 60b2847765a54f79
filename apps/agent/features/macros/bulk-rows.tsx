import { ActionProblems } from '@/ticket-actions/action-lines';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BulkRow } from './bulk.queries';
import classes from './macros.module.css';

/** Tickets with what stands in their way. */
export function RowList({ rows }: { rows: readonly BulkRow[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.rows}>
      {rows.map(({ ticket, problems }) => (
        <li key={ticket.id}>
          {ticket.number === null ? (
            <span className={classes.rowName}>{t('macros.bulk.outOfSight')}</span>
          ) : (
            <Link to={`/tickets/${ticket.number}`} target="_blank" className={classes.rowName}>
              {ticket.number} {ticket.subject}
            </Link>
          )}
          <ActionProblems problems={problems} />
        </li>
      ))}
    </ul>
  );
}
