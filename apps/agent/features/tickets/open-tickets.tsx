import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AlikeTickets } from './alike-tickets';
import classes from './create-ticket.module.css';
import { duplicatesQuery } from './merges.queries';
import { fewTicketsQuery } from './ticket-config.queries';
import { TicketLinks } from './ticket-links';
import type { Named } from './tickets.types';

/** What the client already has open, so that the same trouble is not registered twice. */
export function OpenTickets({
  company,
  contact,
  object,
  subject,
}: {
  company: Named | null;
  contact: Named | null;
  object: Named | null;
  subject: string;
}) {
  const { t } = useTranslation();
  const [words] = useDebouncedValue(subject.trim(), 300);
  const client = company ? `company:${company.id}` : contact ? `contact:${contact.id}` : null;
  const open = useQuery({ ...fewTicketsQuery(`is:open ${client}`, 12), enabled: client !== null });
  const alike = useQuery(
    duplicatesQuery({ subject: words, companyId: company?.id, contactId: contact?.id, objectId: object?.id }),
  );
  const twins = words.length > 3 ? (alike.data ?? []) : [];
  const found = open.data?.data.filter(({ id }) => !twins.some(({ ticket }) => ticket.id === id));
  return (
    <aside className={classes.open} aria-live="polite">
      <AlikeTickets found={twins} />
      {(client !== null || twins.length === 0) && (
        <Text fw={650} size="sm">
          {client ? t('tickets.create.openOfClient') : t('tickets.create.openAlike')}
        </Text>
      )}
      {found && found.length > 0 && <TicketLinks tickets={found} />}
      {client !== null && !found?.length && (
        <Text size="sm" c="dimmed">
          {t('tickets.create.noOpen')}
        </Text>
      )}
      {client === null && twins.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('tickets.create.openHint')}
        </Text>
      )}
    </aside>
  );
}
