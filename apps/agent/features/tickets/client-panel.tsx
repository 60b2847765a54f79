import { Text } from '@mantine/core';
import { CompanyPicker, ContactPicker, ObjectPicker } from '@/pickers/directory-pickers';
import { IconMail, IconMapPin, IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fewTicketsQuery } from './ticket-config.queries';
import { TicketLinks } from './ticket-links';
import classes from './ticket-pane.module.css';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import { useChange } from './use-change';

const LAST = 5;

/** Who asks: company, contact, object, and the client's last tickets. */
export function ClientPanel({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const { change, dialog } = useChange(ticket);
  const { company, contact, object, can } = ticket;
  const common = { size: 'xs', variant: 'unstyled', clearable: can.update, disabled: !can.update } as const;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('tickets.client')}</h2>
      <div className={classes.field}>
        <span className={classes.fieldName}>{t('tickets.field.companyId')}</span>
        <CompanyPicker
          {...common}
          px={8}
          aria-label={t('tickets.field.companyId')}
          placeholder={t('tickets.none')}
          value={company}
          onChange={(entry) =>
            change.mutate(
              edit(
                { companyId: entry?.id ?? null, contactId: null, objectId: null },
                { company: entry, contact: null, object: null },
              ),
            )
          }
        />
      </div>
      <div className={classes.field}>
        <span className={classes.fieldName}>{t('tickets.field.contactId')}</span>
        <ContactPicker
          {...common}
          px={8}
          companyId={company?.id}
          aria-label={t('tickets.field.contactId')}
          placeholder={t('tickets.none')}
          value={contact}
          onChange={(entry) => change.mutate(edit({ contactId: entry?.id ?? null }))}
        />
      </div>
      {contact && <ContactLines contact={contact} />}
      {company && (
        <div className={classes.field}>
          <span className={classes.fieldName}>{t('tickets.field.objectId')}</span>
          <ObjectPicker
            {...common}
            px={8}
            companyId={company.id}
            aria-label={t('tickets.field.objectId')}
            placeholder={t('tickets.none')}
            value={object}
            onChange={(entry) => change.mutate(edit({ objectId: entry?.id ?? null }))}
          />
        </div>
      )}
      {object?.address && (
        <div className={classes.contactLine}>
          <IconMapPin size={14} aria-hidden />
          {object.address}
        </div>
      )}
      {company && <LastTickets companyId={company.id} except={ticket.id} />}
      {dialog}
    </section>
  );
}

function ContactLines({ contact }: { contact: NonNullable<TicketView['contact']> }) {
  return (
    <div>
      {contact.position && (
        <Text size="xs" c="dimmed">
          {contact.position}
        </Text>
      )}
      {contact.phones?.map((phone) => (
        <div key={phone} className={classes.contactLine}>
          <IconPhone size={14} aria-hidden />
          <a href={`tel:${phone}`}>{phone}</a>
        </div>
      ))}
      {contact.emails?.map((email) => (
        <div key={email} className={classes.contactLine}>
          <IconMail size={14} aria-hidden />
          <a href={`mailto:${email}`}>{email}</a>
        </div>
      ))}
    </div>
  );
}

function LastTickets({ companyId, except }: { companyId: string; except: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(fewTicketsQuery(`company:${companyId}`, LAST + 1));
  const rows = data?.data.filter(({ id }) => id !== except).slice(0, LAST) ?? [];
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className={classes.sectionTitle} style={{ marginTop: 10 }}>
        {t('tickets.lastTickets')}
      </h3>
      <TicketLinks tickets={rows} />
    </>
  );
}
