import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './create-ticket.module.css';
import { fewTicketsQuery } from './ticket-config.queries';
import { TicketLinks } from './ticket-links';
import type { Named } from './tickets.types';

/** What the client already has open, so that the same trouble is not registered twice. */
export function OpenTickets({
  company,
  contact,
  subject,
}: {
  company: Named | null;
  contact: Named | null;
  subject: string;
}) {
  const { t } = useTranslation();
  const [words] = useDebouncedValue(subject.trim(), 300);
  const client = company ? `company:${company.id}` : contact ? `contact:${contact.id}` : null;
  const open = useQuery({ ...fewTicketsQuery(`is:open ${client}`, 12), enabled: client !== null });
  const alike = useQuery({
    ...fewTicketsQuery(`is:open ${plain(words)}`, 5),
    enabled: client === null && words.length > 3,
    placeholderData: keepPreviousData,
  });
  const found = client ? open.data?.data : alike.data?.data;
  return (
    <aside className={classes.open} aria-live="polite">
      <Text fw={650} size="sm">
        {client ? t('tickets.create.openOfClient') : t('tickets.create.openAlike')}
      </Text>
      {found && found.length > 0 ? (
        <TicketLinks tickets={found} />
      ) : (
        <Text size="sm" c="dimmed">
          {client ? t('tickets.create.noOpen') : t('tickets.create.openHint')}
        </Text>
      )}
    </aside>
  );
}

/** Words only: a colon or a minus typed in a subject is not a filter. */
const plain = (text: string) =>
  text
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
