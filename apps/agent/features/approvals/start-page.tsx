import { Page } from '@opora/ui/page';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { ApprovalsTabs } from './approvals-tabs';
import { StartForm } from './start-form';

/** A new request; `?ticket=` names the ticket it is about. */
export function StartPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const ticket = params.get('ticket');
  return (
    <Page isWide title={t('approvals.start')} toolbar={<ApprovalsTabs />}>
      <StartForm
        ticket={ticket}
        onDone={(number) => void navigate(`/approvals/${number}`, { replace: true })}
        onCancel={() => void navigate(ticket ? `/tickets/${ticket}` : '/approvals/mine')}
      />
    </Page>
  );
}
