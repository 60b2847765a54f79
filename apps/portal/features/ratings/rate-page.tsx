import { useState } from 'react';
import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ApiProblem } from '@opora/client';
import { useTitle } from '@/use-title';
import { RatingForm } from './rating-form';
import { GivenMark } from './rating-panel';
import { readRatingLink } from './rating-link';
import { linkedRatingQuery, useRateByLink, type TicketRating, type Score } from './ratings.queries';
import classes from './rating.module.css';

/** Opened from a smile in a mail: the mark is preselected, and counts only after the button. */
export function RatePage() {
  const { t } = useTranslation();
  useTitle(t('ratings.title'));
  const { token, score } = readRatingLink(useLocation().hash);
  const linked = useQuery({
    ...linkedRatingQuery(token ?? ''),
    enabled: token !== null,
    throwOnError: (error) => !isDead(error),
  });
  return (
    <main className={classes.page}>
      <Stack gap="md">
        <div className={classes.brand}>
          <img src="/portal/icon.svg" alt="" width={32} height={32} />
          {t('app.brand')}
        </div>
        <Title order={1}>{t('ratings.title')}</Title>
        {token === null && <Notice title={t('ratings.linkMissing')} text={t('ratings.linkMissingText')} />}
        {linked.isError && <Notice title={t('ratings.linkDead')} text={t('ratings.linkDeadText')} />}
        {linked.isLoading && <Skeleton h={160} />}
        {token !== null && linked.data && (
          <LinkedForm key={token + (score ?? '')} token={token} preselected={score} linked={linked.data} />
        )}
      </Stack>
    </main>
  );
}

function LinkedForm({
  token,
  preselected,
  linked,
}: {
  token: string;
  preselected: Score | null;
  linked: TicketRating;
}) {
  const { t } = useTranslation();
  const rate = useRateByLink(token);
  const [isAsking, setAsking] = useState(preselected !== null || linked.rating === null);
  const { rating, canRate, ticketNumber, ticketSubject } = linked;
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('ratings.about', { number: ticketNumber, subject: ticketSubject })}</Text>
      {rate.isSuccess && !isAsking && <Title order={2}>{t('ratings.thanks')}</Title>}
      {!rating && !canRate && <Notice title={t('ratings.closed')} text={t('ratings.closedText')} />}
      {isAsking && canRate ? (
        <RatingForm
          initial={{ score: preselected ?? rating?.score ?? null, comment: rating?.comment ?? null }}
          submitLabel={t('ratings.confirm')}
          hint={t('ratings.confirmHint')}
          isBusy={rate.isPending}
          error={rate.error}
          onSubmit={(mark) => rate.mutate(mark, { onSuccess: () => setAsking(false) })}
        />
      ) : (
        <GivenMark rating={linked} onChange={() => setAsking(true)} />
      )}
    </Stack>
  );
}

function Notice({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Text fw={600}>{title}</Text>
      <Text mb="sm">{text}</Text>
      <Anchor component={Link} to="/tickets">
        {t('ratings.toPortal')}
      </Anchor>
    </div>
  );
}

const isDead = (error: unknown) => error instanceof ApiProblem && error.status >= 400 && error.status < 500;
