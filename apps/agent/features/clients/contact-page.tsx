import { ArchiveButton } from '@/directory/archive-button';
import { useHolds } from '@/api';
import { Badge, Button } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import classes from './clients.module.css';
import { ContactFacts } from './contact-facts';
import { ContactMemberships } from './contact-memberships';
import { contactQuery, useArchiveContact, type Contact } from './contacts.queries';
import { InviteButton } from './invite-button';
import { LastTickets } from './last-tickets';

/** One person of a client: addresses, companies with rights, the way into the portal. */
export function ContactPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: contact, error, refetch, isPending } = useQuery(contactQuery(id));
  const seesTickets = useHolds('tickets.read');
  const invites = useHolds('clients.manage_portal');
  return (
    <Page
      title={contact?.name ?? t('clients.contacts.one')}
      actions={
        <>
          {contact?.archivedAt && <Badge color="gray">{t('clients.archived')}</Badge>}
          {contact && invites && contact.can.manage && !contact.archivedAt && <InviteButton contact={contact} />}
          {contact?.can.manage && <ArchiveContact contact={contact} />}
          <Button component={Link} to="/clients/contacts" variant="default" leftSection={<IconArrowLeft size={15} />}>
            {t('clients.contacts.all')}
          </Button>
        </>
      }
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading lines={12} />}
      {contact && (
        <div className={classes.columns} key={contact.id}>
          <div className={classes.column}>
            <ContactFacts contact={contact} />
          </div>
          <div className={classes.column}>
            <ContactMemberships contact={contact} />
            {seesTickets && <LastTickets q={`contact:${contact.id}`} />}
          </div>
        </div>
      )}
    </Page>
  );
}

function ArchiveContact({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  return (
    <ArchiveButton
      isArchived={contact.archivedAt !== null}
      title={t('clients.contacts.archive.ask', { name: contact.name })}
      hint={t('clients.contacts.archive.hint')}
      done={t(contact.archivedAt ? 'clients.contacts.restore.done' : 'clients.contacts.archive.done')}
      archive={useArchiveContact(contact.id)}
    />
  );
}
