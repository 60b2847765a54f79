import { useTranslation } from 'react-i18next';
import { useFormat } from '@opora/ui/format';
import type { PortalTicket } from './tickets.queries';
import classes from './ticket-page.module.css';

/** The facts of a ticket, beside the conversation or under it. */
export function TicketDetails({ ticket }: { ticket: PortalTicket }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    [t('tickets.type'), ticket.type.name],
    [t('tickets.companyField'), ticket.company?.name],
    [t('tickets.object'), ticket.object?.name],
    [t('tickets.author'), ticket.author.name],
    [t('tickets.assignee'), ticket.responsible?.name],
    [t('tickets.created'), format.full(ticket.createdAt)],
  ];
  return (
    <aside className={classes.details} aria-labelledby="ticket-details">
      <h2 id="ticket-details" className={classes.part}>
        {t('tickets.details')}
      </h2>
      <dl className={classes.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {ticket.details.map(({ code, label, text, url }) => (
          <div key={code}>
            <dt>{label}</dt>
            <dd>
              {url ? (
                <a href={url} target="_blank" rel="noreferrer">
                  {text}
                </a>
              ) : (
                text
              )}
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
