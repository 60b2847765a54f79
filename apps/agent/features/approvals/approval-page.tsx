import { ErrorState, Loading, Page } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ApprovalDocuments } from './approval-documents';
import { ApprovalFacts } from './approval-facts';
import { ApprovalHistory } from './approval-history';
import { ApprovalTools } from './approval-tools';
import { approvalQuery } from './approvals.queries';
import classes from './approvals.module.css';
import { DecisionBar } from './decision-bar';
import { ExecutorTasks } from './executor-tasks';
import { ResubmitForm } from './resubmit-form';
import { StageList } from './stage-list';

/** One request: what is asked, who decides, where it stands. */
export function ApprovalPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: approval, error, refetch } = useQuery(approvalQuery(id));
  if (!approval)
    return (
      <Page title={t('approvals.one', { number: id })}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={12} />}
      </Page>
    );
  return (
    <Page
      isWide
      title={t('approvals.titled', { number: approval.number, title: approval.title })}
      actions={<ApprovalTools id={id} approval={approval} />}
    >
      <div className={classes.columns}>
        <div className={classes.main}>
          <ApprovalFacts approval={approval} />
          {approval.returned && <Returned id={id} approval={approval} />}
          <DecisionBar key={approval.canDecide?.stepId} id={id} approval={approval} />
          <ExecutorTasks approval={approval} />
          <ApprovalDocuments id={id} approval={approval} />
          <ApprovalHistory approval={approval} />
        </div>
        <StageList stages={approval.stages} copies={approval.copies} />
      </div>
    </Page>
  );
}

function Returned({ id, approval }: { id: string; approval: Parameters<typeof ResubmitForm>[0]['approval'] }) {
  return approval.canResubmit ? <ResubmitForm key={approval.version} id={id} approval={approval} /> : null;
}
