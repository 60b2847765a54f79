import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { IconCloudOff, IconMoodPuzzled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiProblem } from '@opora/client';
import { useTitle } from '../use-title';
import classes from './page-states.module.css';

/** A page that is not there, or that this person may not see: the two look alike on purpose. */
export function NotFound() {
  const { t } = useTranslation();
  useTitle(t('app.notFound.title'));
  return (
    <Stack className={classes.state} gap="xs">
      <IconMoodPuzzled size={40} stroke={1.5} aria-hidden />
      <Title order={1} size="h3">
        {t('app.notFound.title')}
      </Title>
      <Text c="dimmed">{t('app.notFound.text')}</Text>
      <Anchor component={Link} to="/tickets">
        {t('app.notFound.back')}
      </Anchor>
    </Stack>
  );
}

type Props = { error: unknown; onRetry: () => void };

/** What stands in place of a page that broke: words, a way back and a code that support can look up. */
export function PageFailed({ error, onRetry }: Props) {
  const { t } = useTranslation();
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  const code = error instanceof ApiProblem ? error.traceId : undefined;
  // A page whose code did not arrive (a new version, a lost connection) comes only with a fresh load.
  const retry = error instanceof ApiProblem ? onRetry : () => window.location.reload();
  return (
    <Stack className={classes.state} gap="xs" role="alert">
      <IconCloudOff size={40} stroke={1.5} aria-hidden />
      <Title order={1} size="h3">
        {t('app.failed.title')}
      </Title>
      <Text c="dimmed">{code ? t('app.failed.text', { code }) : t('app.failed.plain')}</Text>
      <Button onClick={retry}>{t('app.failed.retry')}</Button>
    </Stack>
  );
}
