import { IconMapPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { RelativeTime } from '@opora/ui/format';
import { TicketStatus } from './ticket-status';
import type { PortalTicketRow } from './tickets.queries';
import classes from './ticket-list.module.css';

/** One ticket of a list: the whole card is the link. */
export function TicketCard({ ticket, isCompanyList }: { ticket: PortalTicketRow; isCompanyList: boolean }) {
  const { t } = useTranslation();
  const { status, object, company } = ticket;
  return (
    <Link
      to={`/tickets/${ticket.number}`}
      className={classes.card}
      data-turn={status.category === 'waiting_client' || undefined}
    >
      <span className={classes.line}>
        <TicketStatus {...status} />
        <span className={classes.dim}>{t('tickets.number', { number: ticket.number })}</span>
      </span>
      <span className={classes.subject}>{ticket.subject}</span>
      <span className={classes.line}>
        {isCompanyList && <span className={classes.dim}>{ticket.author.name}</span>}
        {(object ?? (isCompanyList && company)) && (
          <span className={classes.dim}>
            <IconMapPin size={15} aria-hidden />
            {object?.name ?? company?.name}
          </span>
        )}
        <RelativeTime className={classes.dim} at={ticket.updatedAt} />
      </span>
    </Link>
  );
}
