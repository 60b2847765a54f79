import { Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { CreateTicketForm } from './create-ticket-form';

/** A new ticket, filled by keyboard while the client is on the phone. */
export function CreateTicketPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (
    <Page title={t('tickets.create.title')}>
      <CreateTicketForm
        parentId={search.get('parent')}
        onCreated={(ticket) => {
          notifyDone(t('tickets.create.done', { number: ticket.number }));
          void navigate(`/tickets/${ticket.number}`);
        }}
      />
    </Page>
  );
}
