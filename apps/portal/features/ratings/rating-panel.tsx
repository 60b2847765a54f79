import { useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@opora/ui/format';
import { RatingForm, Smile } from './rating-form';
import { ticketRatingQuery, useRateTicket, type TicketRating } from './ratings.queries';
import classes from './rating.module.css';

/** The rating on the ticket's page: asks once the work is done, lets the mark be changed while it may be. */
export function RatingPanel({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(ticketRatingQuery(ticketId));
  const rate = useRateTicket(ticketId);
  const [isChanging, setChanging] = useState(false);
  if (!data?.rating && !data?.canRate) return null;
  const { rating: mark, canRate } = data;
  const isAsking = canRate && (isChanging || !mark);
  return (
    <section className={classes.panel} aria-label={t('ratings.title')}>
      {isAsking ? (
        <RatingForm
          initial={{ score: mark?.score ?? null, comment: mark?.comment ?? null }}
          submitLabel={t(mark ? 'ratings.save' : 'ratings.confirm')}
          isBusy={rate.isPending}
          error={rate.error}
          onSubmit={(given) => rate.mutate(given, { onSuccess: () => setChanging(false) })}
          onCancel={mark ? () => setChanging(false) : undefined}
        />
      ) : (
        <GivenMark rating={data} onChange={() => setChanging(true)} />
      )}
    </section>
  );
}

/** The mark that stands, until when it may be changed, and the way to do it. */
export function GivenMark({
  rating: { rating: mark, canRate, until },
  onChange,
}: {
  rating: TicketRating;
  onChange: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!mark) return null;
  return (
    <div role="status">
      <Group justify="space-between" gap="xs">
        <Smile score={mark.score} />
        {canRate && (
          <Button variant="default" size="compact-md" onClick={onChange}>
            {t('ratings.change')}
          </Button>
        )}
      </Group>
      {mark.comment && <p className={classes.comment}>{mark.comment}</p>}
      <Text size="sm" c="dimmed" mt={4}>
        {canRate && until ? t('ratings.thanksText', { date: format.dateTime(until) }) : t('ratings.final')}
      </Text>
    </div>
  );
}
