import { Alert, Anchor } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { similarQuery } from './tickets.queries';

/** Tickets of one's own that may be about the same: told while one types, never in the way. */
export function SimilarTickets({ subject, objectId }: { subject: string; objectId: string | undefined }) {
  const { t } = useTranslation();
  const [words] = useDebouncedValue(subject.trim(), 400);
  const { data = [] } = useQuery(similarQuery(words, objectId));
  if (data.length === 0 || words.length < 5) return null;
  return (
    <Alert color="blue" icon={<IconInfoCircle aria-hidden />} title={t('tickets.similar')} role="status">
      {data.map(({ id, number, subject: title }) => (
        <div key={id}>
          <Anchor component={Link} c="inherit" underline="always" to={`/tickets/${number}`}>
            {t('tickets.number', { number })} {title}
          </Anchor>
        </div>
      ))}
    </Alert>
  );
}
