import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './create-ticket.module.css';
import type { Alike } from './merges.queries';
import { TicketLinks } from './ticket-links';

/** What may be the same trouble; it warns and never stands in the way. */
export function AlikeTickets({ found }: { found: Alike[] }) {
  const { t } = useTranslation();
  if (found.length === 0) return null;
  return (
    <section aria-label={t('tickets.create.alike')}>
      <Text fw={650} size="sm" className={classes.alike}>
        <IconAlertTriangle size={15} aria-hidden />
        {t('tickets.create.alike')}
      </Text>
      {found.map(({ ticket, why }) => (
        <div key={ticket.id}>
          <TicketLinks tickets={[ticket]} />
          <Text size="xs" c="dimmed" pl={6}>
            {t('tickets.create.alikeBy', { what: why.map((reason) => t(`tickets.merge.why.${reason}`)).join(', ') })}
          </Text>
        </div>
      ))}
    </section>
  );
}
