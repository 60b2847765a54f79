import type { Schemas } from '@opora/client';
import { useSpent } from './spent';
import classes from './worklogs.module.css';

/** Time worked on the ticket of a row. */
export function SpentCell({ row }: { row: Schemas['TicketRowView'] }) {
  const spent = useSpent();
  const seconds = row.time?.spentSeconds ?? 0;
  return <span className={classes.cell}>{seconds > 0 ? spent(seconds) : ''}</span>;
}
