import { Alert, Anchor, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useFormat } from '@opora/ui/format';
import { useTitle } from '@/use-title';
import { ApprovalFacts } from './approval-facts';
import { approvalQuery, useDecide, type Approval } from './approvals.queries';
import { DecisionForm } from './decision-form';
import classes from './approvals.module.css';

/** One request: what is asked, and my decision. */
export function ApprovalPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: approval } = useSuspenseQuery(approvalQuery(id));
  useTitle(approval.title);
  const decide = useDecide(id);
  const { title, ticket, decisions } = approval;
  return (
    <Stack gap="md" className={classes.column}>
      <Anchor component={Link} to="/approvals" className={classes.back}>
        <IconArrowLeft size={18} aria-hidden />
        {t('approvals.title')}
      </Anchor>
      <Title order={1}>{title}</Title>
      {ticket && (
        <Anchor component={Link} to={`/tickets/${ticket.id}`}>
          {t('approvals.ticket', ticket)}
        </Anchor>
      )}
      <ApprovalFacts {...approval} />
      {decisions ? (
        <DecisionForm
          decisions={decisions}
          isBusy={decide.isPending}
          error={decide.error}
          onSubmit={(decision) => decide.mutate(decision)}
        />
      ) : (
        <Outcome approval={approval} />
      )}
    </Stack>
  );
}

function Outcome({ approval: { state, decidedAt, comment } }: { approval: Approval }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert color={state === 'approved' ? 'green' : 'gray'} title={t(`approvals.state.${state}`)} role="status">
      {decidedAt && <Text size="sm">{format.dateTime(decidedAt)}</Text>}
      {comment && <p className={classes.text}>{comment}</p>}
    </Alert>
  );
}
