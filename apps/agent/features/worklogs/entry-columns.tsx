import { useFormat } from '@opora/ui/format';
import type { Column } from '@opora/ui/table';
import { IconStopwatch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSpent } from './spent';
import classes from './worklogs.module.css';
import type { Entry } from './worklogs.queries';

/** The columns of the list; on a phone one column of two lines. */
export function useEntryColumns(isNarrow: boolean): Column<Entry>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const spent = useSpent();
  return useMemo(() => {
    const day = ({ workedOn }: Entry) => format.date(`${workedOn}T12:00:00`);
    if (isNarrow) {
      const render = (entry: Entry) => (
        <div className={classes.card}>
          <span className={classes.cardLine}>
            <b>{spent(entry.seconds)}</b>
            <span className={classes.clip}>{entry.employee.name}</span>
            <span className={classes.dim}>{day(entry)}</span>
          </span>
          <span className={classes.cardLine}>
            <TicketLink entry={entry} />
          </span>
          <span className={classes.clip}>{entry.comment}</span>
        </div>
      );
      return [{ key: 'card', header: t('worklogs.title'), width: '1fr', render }];
    }
    const column = (key: string, width: string, render: Column<Entry>['render'], align?: 'end'): Column<Entry> => ({
      key,
      header: t(`worklogs.columns.${key}`),
      width,
      render,
      ...(align ? { align } : {}),
    });
    return [
      column('day', '92px', day),
      column('spent', '110px', (entry) => <b className={classes.cell}>{spent(entry.seconds)}</b>, 'end'),
      column('person', 'minmax(120px, 0.7fr)', (entry) => <Who entry={entry} />),
      column('ticket', 'minmax(160px, 1.2fr)', (entry) => <TicketLink entry={entry} />),
      column('comment', 'minmax(160px, 1.4fr)', ({ comment }) => <span className={classes.clip}>{comment}</span>),
    ];
  }, [isNarrow, format, spent, t]);
}

function Who({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return (
    <span className={classes.clip}>
      {entry.employee.name}
      {entry.source === 'timer' && (
        <IconStopwatch size={13} className={classes.mark} aria-label={t('worklogs.byTimer')} />
      )}
    </span>
  );
}

function TicketLink({ entry: { ticket } }: { entry: Entry }) {
  const { t } = useTranslation();
  if (!ticket) return <span className={classes.dim}>{t('worklogs.ticketHidden')}</span>;
  return (
    <Link to={`/tickets/${ticket.number}`} className={classes.ticketLink}>
      {ticket.number} {ticket.subject}
    </Link>
  );
}
