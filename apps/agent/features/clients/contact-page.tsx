import { useHolds } from '@/api';
import { Badge, Button } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArchive, IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
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
  const [isAsked, ask] = useState(false);
  const archive = useArchiveContact(contact.id);
  const deed = contact.archivedAt ? 'restore' : 'archive';
  const run = () =>
    archive.mutate(deed, {
      onSuccess: () => notifyDone(t(`clients.contacts.${deed}.done`)),
      onError: (error) => notifyProblem(t('clients.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <>
      <Button
        variant="default"
        loading={archive.isPending}
        leftSection={deed === 'archive' ? <IconArchive size={15} /> : <IconArrowBackUp size={15} />}
        onClick={() => (deed === 'archive' ? ask(true) : run())}
      >
        {t(`clients.contacts.${deed}.name`)}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={t('clients.contacts.archive.ask', { name: contact.name })}
        confirm={t('clients.contacts.archive.name')}
        isDangerous
        isBusy={archive.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {t('clients.contacts.archive.hint')}
      </ConfirmDialog>
    </>
  );
}
