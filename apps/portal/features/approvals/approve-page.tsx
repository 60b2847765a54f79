import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ApiProblem } from '@opora/client';
import { useTitle } from '@/use-title';
import { ApprovalFacts } from './approval-facts';
import { readApprovalLink } from './approval-link';
import { linkedApprovalQuery, useDecideByLink, type LinkApproval } from './approvals.queries';
import { DecisionForm } from './decision-form';
import classes from './approvals.module.css';

/** Opened from the button of a mail: shows what is asked and decides only by its own button. */
export function ApprovePage() {
  const { t } = useTranslation();
  useTitle(t('approvals.linkTitle'));
  const token = readApprovalLink(useLocation().hash);
  const linked = useQuery({
    ...linkedApprovalQuery(token ?? ''),
    enabled: token !== null,
    throwOnError: (error) => !isRefused(error),
  });
  return (
    <main className={classes.page}>
      <Stack gap="md">
        <div className={classes.brand}>
          <img src="/portal/icon.svg" alt="" width={32} height={32} />
          {t('app.brand')}
        </div>
        {token === null && <Notice title={t('approvals.linkMissing')} text={t('approvals.linkMissingText')} />}
        {linked.isError && <Over error={linked.error} />}
        {linked.isLoading && <Skeleton h={240} radius="md" />}
        {token !== null && linked.data && <Linked key={token} token={token} asked={linked.data} />}
      </Stack>
    </main>
  );
}

function Linked({ token, asked }: { token: string; asked: LinkApproval }) {
  const { t } = useTranslation();
  const decide = useDecideByLink(token);
  if (decide.data)
    return (
      <div role="status">
        <Title order={1}>{t(`approvals.decided.${decide.data.decision}`)}</Title>
        <Text mt="xs">{asked.title}</Text>
        <Text c="dimmed">{t('approvals.decidedText')}</Text>
      </div>
    );
  return (
    <>
      <Title order={1}>{asked.title}</Title>
      <Text c="dimmed">{t('approvals.askedOf', { name: asked.person })}</Text>
      <ApprovalFacts {...asked} />
      <DecisionForm
        decisions={asked.decisions}
        missing={asked.missing}
        isBusy={decide.isPending}
        error={decide.error}
        onSubmit={(decision) => decide.mutate({ ...decision, confirmation: asked.confirmation })}
      />
    </>
  );
}

function Over({ error }: { error: Error }) {
  const { t } = useTranslation();
  const isOver = error instanceof ApiProblem && error.status === 410;
  return isOver ? (
    <Notice title={t('approvals.linkOver')} text={error.message} />
  ) : (
    <Notice title={t('approvals.linkDead')} text={t('approvals.linkDeadText')} />
  );
}

function Notice({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Title order={1}>{title}</Title>
      <Text my="sm">{text}</Text>
      <Anchor component={Link} to="/tickets">
        {t('approvals.toPortal')}
      </Anchor>
    </div>
  );
}

const isRefused = (error: unknown) => error instanceof ApiProblem && error.status >= 400 && error.status < 500;
